"""What the guide for editors calls by a name is there in the admin, for those that it is written for."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
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
from therapists.models import Availability, TherapistPage
from therapists.profile_changes import Wishes, fees_of, own_concerns

pytestmark = pytest.mark.django_db

#: What is said of the admin, in italics; a path through its menus has arrows.
NAMES = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
#: Whom a section is written for, where that is not everybody: by their login in the demo.
READERS = {
    "Facts and evidence of a therapy": ["editor", "admin"],
    "Review": ["clinician", "admin"],
    "Therapists": ["profiles"],
    "Enquiries": ["matcher", "admin"],
}
#: Drawn by a script of Wagtail's, or where the site has several languages or front ends.
ELSEWHERE = {"Status", "Checks", "Preview", "Edit this page", "Translate", "In the front end"}
ELSEWHERE |= {"Navigation in other languages", "Points of comparison in other languages"}
KINDS = (TherapyPage, ComparisonPage, ConcernPage, InfoPage, TherapistPage, MatchingPage, TherapyIndexPage)


def names_in(text: str) -> set[str]:
    """Return what a text calls by a name, the entries of a path of menus each. A line may end within one."""
    lines = re.sub(r"\n(?! *[-|\n]| *\d)\s*", " ", text)
    return {part for name in NAMES.findall(lines) for part in name.split(" → ")}


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
        ],
        "matcher": [
            home,
            reverse("enquiries_admin:inbox"),
            reverse("enquiries_admin:enquiry", args=[enquiry.pk]),
        ],
        "admin": [
            home,
            reverse("wagtailadmin_account"),
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
    missing = {}
    for section in text.split("\n## "):
        title = section.partition("\n")[0]
        theirs = " ".join(seen[login] for login in READERS.get(title, seen))
        absent = sorted(name for name in names_in(section) - ELSEWHERE if name.casefold() not in theirs)
        if absent:
            missing[title] = absent
    assert missing == {}


def test_every_setting_of_the_guide_stands_in_a_menu(demo_site: Site) -> None:
    section = FILE.read_text().partition("## Settings of the site\n")[2].partition("\n## ")[0]
    named = re.findall(r"^- \*\*([^*]+)\*\*", section, re.MULTILINE)
    menus = {login: read(login, [reverse("wagtailadmin_home")]) for login in ("admin", "matcher")}
    assert len(named) > 5
    assert [
        name for name in named if not any(f'"{name.casefold()}"' in menu for menu in menus.values())
    ] == []
