"""What the guide for editors calls by a name is there in the admin, for those that it is written for."""

import json
import re
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from core.admin.guide import FILE
from core.models import PracticeImage
from home.models import CrisisHelp, InfoPage, PracticeSettings
from tests.factories.enquiries import stored_enquiry
from therapies.models import (
    ComparisonDimension,
    ComparisonPage,
    ConcernPage,
    Reference,
    TherapyIndexPage,
    TherapyPage,
)
from therapists.enquiries.services.profile_proposals import open_proposals, propose
from therapists.matching.models import MatchingPage
from therapists.models import Availability, TherapistPage, TherapistPrivate
from therapists.profile_changes import Wishes, fees_of, own_concerns

pytestmark = pytest.mark.django_db

#: What is said of the admin, in italics; a path through its menus has arrows.
NAMES = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
#: What a paragraph is about, in bold: a field, a block or a page of the admin, where it is no sentence.
SUBJECTS = re.compile(r"\*\*([^*\n]+)\*\*")
#: What somebody reads on the screen, and words of people.
QUOTED = re.compile("“([^”]+)”")
SAID_BY_PEOPLE = {"you", "we", "wojcik", "It comes over me"}
#: Set in bold because it matters, and called otherwise in the admin.
STRESSED = {"words", "leaves", "home of the admin"}
STRESSED |= {"click on what you want to change", "propose a change of their profile"}
#: Whom a section is written for, where that is not everybody: by their login in the demo.
READERS = {
    "Facts and evidence of a therapy": ["editor", "admin"],
    "Writing an article": ["editor", "admin"],
    "A page about a therapy or a concern": ["editor", "admin"],
    "Comparisons": ["editor"],
    "Review": ["clinician", "admin"],
    "Therapists": ["profiles"],
    "Enquiries": ["matcher", "admin"],
}
#: Drawn by a script of Wagtail's, shown once, or where the site has several languages or front ends.
ELSEWHERE = {"Status", "Checks", "Preview", "Edit this page", "Translate", "In the front end"}
ELSEWHERE |= {"Navigation in other languages", "Points of comparison in other languages", "recovery codes"}
KINDS = (TherapyPage, ComparisonPage, ConcernPage, InfoPage, TherapistPage, MatchingPage, TherapyIndexPage)


def names_in(text: str) -> set[str]:
    """Return what a text calls by a name, the entries of a path of menus each. A line may end within one."""
    lines = re.sub(r"\n(?! *[-|\n]| *\d)\s*", " ", text)
    return {part for name in NAMES.findall(lines) for part in name.split(" → ")}


def subjects_in(text: str) -> set[str]:
    bold = set(SUBJECTS.findall(" ".join(text.split()))) - STRESSED
    return {name for name in bold if name[-1] not in ".:?"}


def paths_in(text: str) -> set[tuple[str, str]]:
    """Return each path through a menu, such as Reports → Reviews, as its two parts."""
    named = NAMES.findall(re.sub(r"\n(?! *[-|\n]| *\d)\s*", " ", text))
    return {(menu, entry) for menu, arrow, entry in (name.partition(" → ") for name in named) if arrow}


def menus_of(username: str) -> dict[str, set[str]]:
    """Return the entries of each menu that an account has in the sidebar."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    home = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    [props] = home.select("#wagtail-sidebar-props")
    menus: dict[str, set[str]] = {}
    for module in json.loads(props.text)["modules"]:
        for one in module["_args"][0] if module["_type"].endswith("MainMenuModule") else []:
            if one["_type"].endswith("SubMenuItem"):
                entry, inside = one["_args"]
                menus[entry["label"]] = {row["_args"][0]["label"] for row in inside}
    return menus


def addresses() -> dict[str, list[str]]:
    """Return the addresses of the admin that are read, by the login of whom the guide sends there."""
    site = Site.objects.get(is_default_site=True).pk
    therapy, diary = TherapyPage.objects.earliest("pk"), Availability.objects.earliest("pk")
    home = reverse("wagtailadmin_home")
    enquiry = stored_enquiry(ConcernPage.objects.earliest("pk").pk)
    edited = [
        reverse("wagtailadmin_pages:edit", args=[kind.objects.earliest("pk").pk])
        for kind in KINDS
        if kind is not TherapistPage
    ]
    return {
        "editor": [home, *edited[:4], therapy.url, ComparisonPage.objects.live().earliest("pk").url],
        "clinician": [home, edited[0], reverse("reviews")],
        "reviewer": [home],
        "profiles": [
            home,
            reverse("wagtailadmin_pages:edit", args=[TherapistPage.objects.earliest("pk").pk]),
            reverse("therapist_profiles:index"),
            reverse("diaries:index"),
            reverse("diaries:edit", args=[diary.pk]),
            reverse("private-records:index"),
            reverse("decline_proposal", args=[open_proposals().get().pk]),
            reverse("private-records:edit", args=[TherapistPrivate.objects.earliest("pk").pk]),
        ],
        "matcher": [
            home,
            reverse("enquiries_admin:inbox"),
            reverse("enquiries_admin:enquiry", args=[enquiry.pk]),
        ],
        "admin": [
            home,
            reverse("wagtailadmin_account"),
            reverse("wagtailadmin_pages:copy", args=[therapy.pk]),
            reverse("wagtailusers_groups:index"),
            reverse("practice_mail"),
            *edited,
            reverse("wagtailadmin_pages:history", args=[therapy.pk]),
            reverse("wagtailadmin_explore", args=[therapy.get_parent().pk]),
            *(
                reverse(
                    f"wagtailsnippets_therapies_{kind._meta.model_name}:edit",
                    args=[kind.objects.earliest("pk").pk],
                )
                for kind in (Reference, ComparisonDimension)
            ),
            *(
                reverse("wagtailsettings:edit", args=["home", kind._meta.model_name, site])
                for kind in (PracticeSettings, CrisisHelp)
            ),
            reverse("wagtailimages:edit", args=[PracticeImage.objects.earliest("pk").pk]),
        ],
    }


def read(username: str, where: list[str]) -> str:
    client = Client()
    client.force_login(User.objects.get(username=username))
    words = []
    for address in where:
        answer = client.get(address)
        assert answer.status_code == 200, (username, address)
        text = unescape(unescape(answer.text))
        words += [text, text.encode().decode("unicode-escape", "ignore")]  # what scripts of a form hold, too
    return " ".join(words).casefold()


def test_everything_is_called_as_the_guide_calls_it(demo_site: Site) -> None:
    therapist = TherapistPage.objects.filter(private__isnull=False).earliest("pk")
    draft = therapist.get_latest_revision_as_object()
    wishes = Wishes({"own_sentence": "Begin anywhere."}, own_concerns(draft), (), fees_of(draft))
    propose(therapist, wishes, therapist.latest_revision_id)
    seen = {name: read(name, where) for name, where in addresses().items()}
    text = FILE.read_text()
    assert len(names_in(text)) > 70
    assert len(subjects_in(text)) > 30
    made_of = [*(settings.ROOT / "templates").rglob("*.html"), *settings.ROOT.glob("*/templatetags/*.py")]
    public = " ".join(path.read_text() for path in made_of).casefold()
    missing = {}
    for section in text.split("\n## "):
        title = section.partition("\n")[0]
        theirs = " ".join(seen[login] for login in READERS.get(title, seen))
        absent = {name for name in names_in(section) - ELSEWHERE if name.casefold() not in theirs}
        subjects = subjects_in(section) - ELSEWHERE
        absent |= {name for name in subjects if name.casefold().rstrip("s") not in theirs}
        quoted = set(QUOTED.findall(" ".join(section.split()))) - SAID_BY_PEOPLE
        absent |= {words for words in quoted if words.casefold() not in theirs + public}
        if absent:
            missing[title] = sorted(absent)
    assert missing == {}


def test_every_path_leads_through_a_menu_of_whom_it_is_written_for(demo_site: Site) -> None:
    text = FILE.read_text()
    menus = {login: menus_of(login) for login in {"admin", *(one for all in READERS.values() for one in all)}}
    wrong = {
        (title, *path)
        for title, _newline, section in (part.partition("\n") for part in text.split("\n## "))
        for path in paths_in(section) - {("Account", "Signing in")}  # under one's own name
        if not any(path[1] in menus[login].get(path[0], ()) for login in READERS.get(title, ["admin"]))
    }
    assert len(paths_in(text)) > 10
    assert wrong == set()


@pytest.mark.guide(
    "These groups exist on every installation, under these names; an account may be in several, but no "
    "superuser is on the Matching team.",
    "The demo has a login for each.",
)
def test_each_role_of_the_guide_is_a_group_of_every_installation(demo_site: Site) -> None:
    table = FILE.read_text().partition("## Who may do what\n")[2].partition("\n\n## ")[0]
    roles = re.findall(r"^\| ([A-Z][A-Za-z ]+?) \|", table, re.MULTILINE)
    assert set(roles) == {"Superusers", *Group.objects.values_list("name", flat=True)}
    assert not Group.objects.filter(user=None).exists(), "each has a login of the demo"
    assert User.objects.filter(is_superuser=True).exists()


def test_every_setting_of_the_guide_stands_in_a_menu(demo_site: Site) -> None:
    section = FILE.read_text().partition("## Settings of the site\n")[2].partition("\n## ")[0]
    named = re.findall(r"^- \*\*([^*]+)\*\*", section, re.MULTILINE)
    menus = {login: read(login, [reverse("wagtailadmin_home")]) for login in ("admin", "matcher")}
    assert len(named) > 5
    assert [
        name for name in named if not any(f'"{name.casefold()}"' in menu for menu in menus.values())
    ] == []
