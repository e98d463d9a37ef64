"""What the home of the admin says waits for each, and that each line leads to the work."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, Site, Workflow

from core.outbox.models import SendingState
from core.webhooks.enums import EventType
from core.webhooks.models import Delivery, Event
from home.models import CrisisHelp
from tests.factories.home import InfoPageFactory, PracticeImageFactory, make_site
from tests.factories.therapists import (
    TherapistIndexPageFactory,
    TherapistPageFactory,
    TherapistPrivateFactory,
)
from tests.factories.webhooks import EndpointFactory
from therapists.enquiries.models import MessageKind, OutgoingMessage
from therapists.models import Availability

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_index")]

TODAY = timezone.localdate()


def someone(role: str) -> User:
    person = User.objects.create_user(role)
    person.groups.add(Group.objects.get(name=role))
    return person


def told(client, person: User) -> dict[str, list[str]]:
    """Return the lines, each with the addresses that it leads to; every one of them opens."""
    client.force_login(person)
    page = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    lines = {}
    for line in page.select(".waiting > li"):
        addresses = [link["href"] for link in line.select("a")]
        assert addresses, line
        assert all(client.get(address).status_code == 200 for address in addresses), addresses
        words = line.find(["a", "strong"])
        lines[words.get_text(strip=True) if words else ""] = addresses
    assert lines or "Nothing waits for you." in page.get_text()
    return lines


@pytest.mark.guide(
    "The home of the admin begins with what waits for you: what was handed in, drafts of yours, what is "
    "scheduled, insurances and diaries to ask for, help lines to ring, links to pages that are not public, "
    "pages without a summary, pictures without words, e-mails and webhooks that did not arrive.",
    "You see what you may do, and each line leads there: press it for all of them, to filter and to "
    "download, or one of the first few by its name.",
    "When nothing waits, it says so.",
)
def test_each_role_is_told_of_its_own_work_and_nothing_says_so(client):
    home = make_site()
    directory = TherapistIndexPageFactory(parent=home, summary="People.")
    for person in ("Content editor", "Moderators", "Profile manager", "Administrator"):
        someone(person)
    editor, moderator, keeper, administrator = User.objects.order_by("pk")
    crisis = CrisisHelp.for_site(Site.objects.get())
    crisis.checked_on = TODAY
    crisis.save()
    assert told(client, editor) == {}
    assert told(client, keeper) == {}

    hidden = InfoPageFactory(parent=home, live=False)
    own = InfoPageFactory(parent=home, title="Own words")
    own.body = [("paragraph", f'<p><a linktype="page" id="{hidden.pk}">There</a></p>')]
    own.save_revision(user=editor).publish()
    own.save_revision(user=editor)
    later = InfoPageFactory(parent=home, title="Later", live=False, summary="")
    later.go_live_at = timezone.now() + timedelta(days=2)
    later.save_revision(user=moderator, approved_go_live_at=later.go_live_at)
    InfoPageFactory(parent=home, title="No summary", summary="")
    PracticeImageFactory(description="", collection=Collection.get_first_root_node())
    handed_in = InfoPageFactory(parent=home, title="Handed in")
    handed_in.save_revision(user=editor)
    Workflow.objects.get(name="Moderators approval").start(handed_in, editor)
    lapsing = TherapistPageFactory(parent=directory, title="Ida Insured", summary="Warm.")
    TherapistPrivateFactory(therapist=lapsing, insurance_expires_on=TODAY + timedelta(days=9))
    Availability.objects.filter(therapist=lapsing).update(confirmed_on=TODAY - timedelta(days=40))
    crisis.checked_on = TODAY - timedelta(days=100)
    crisis.save()
    event = Event.objects.create(kind=EventType.PAGE_PUBLISHED, transaction=0)
    Delivery.objects.create(event=event, endpoint=EndpointFactory(), state=SendingState.FAILED)

    edit = lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk])  # noqa: E731
    rest = lambda what: f"{reverse('waiting_pages')}?what={what}"  # noqa: E731
    lines = told(client, editor)
    assert lines["2 drafts of yours are not public"] == [rest("drafts"), edit(handed_in), edit(own)]
    assert lines["1 page is scheduled to be published"] == [rest("scheduled"), edit(later)]
    assert lines["1 page links to a page that is not public"] == [rest("links"), edit(own)]
    assert "1 public page has no summary" in lines
    assert "1 picture has no text for those who cannot see it" in lines
    assert "1 diary was not confirmed for three weeks" in lines
    assert not any("insurance" in line or "webhook" in line or "handed in" in line for line in lines)
    handed = told(client, moderator)["1 page was handed in for you to look at"]
    assert handed == [rest("handed-in"), edit(handed_in)]
    lines = told(client, keeper)
    assert "1 insurance to ask for" in lines
    assert not any("draft" in line or "summary" in line or "help lines" in line for line in lines)
    lines = told(client, administrator)
    assert "The numbers of the help lines are due to be rung" in lines
    assert "1 webhook was not delivered" in lines
    assert not any("e-mail" in line for line in lines)
    OutgoingMessage.objects.create(kind=MessageKind.TRIAL, attempts=1)
    assert "1 e-mail was not sent" in told(client, someone("Matching team"))


@pytest.mark.guide(
    "You see what you may do, and each line leads there: press it for all of them, to filter and to "
    "download, or one of the first few by its name.",
)
def test_each_line_that_names_the_first_few_leads_to_all_of_them_to_filter_and_download(client):
    home = make_site()
    pages = [InfoPageFactory(parent=home, title=f"Page {n}", slug=f"p{n}", summary="") for n in range(7)]
    root = Collection.get_first_root_node()
    pictures = [PracticeImageFactory(title=f"Picture {n}", description="", collection=root) for n in range(7)]
    lines = told(client, someone("Content editor"))
    [summary] = [lines[words] for words in lines if "no summary" in words]
    [without_words] = [lines[words] for words in lines if "no text for those" in words]
    assert summary[0] == f"{reverse('waiting_pages')}?what=summary"
    assert without_words[0] == reverse("pictures_without_words")
    for address, rows in ((summary[0], pages), (f"{without_words[0]}?", pictures)):
        shown = client.get(address).text
        downloaded = client.get(f"{address}&export=csv").getvalue().decode()
        assert all(row.title in shown and row.title in downloaded for row in rows)
    of_another_kind = client.get(f"{reverse('waiting_pages')}?what=scheduled").text
    assert "Page 0" not in of_another_kind


@pytest.mark.guide(
    "The same is under Reports → Pages to look after and Reports → Pictures without words, for whoever "
    "keeps pages or pictures.",
)
def test_its_reports_stand_in_the_menu_of_whoever_has_work_there(client):
    make_site()
    reports = {reverse("waiting_pages"), reverse("pictures_without_words"), reverse("reviews")}
    shown = {}
    for role in ("Content editor", "Moderators", "Clinical reviewer", "Profile manager", "Matching team"):
        told(client, someone(role))
        menu = client.get(reverse("wagtailadmin_home")).text.partition('id="wagtail-sidebar-props"')[2]
        shown[role] = {address for address in reports if f'"{address}"' in menu}
        opened = {address for address in reports if client.get(address).status_code == 200}
        assert shown[role] == opened, role
    assert shown["Content editor"] == shown["Moderators"] == reports
    assert shown["Clinical reviewer"] == reports - {reverse("pictures_without_words")}
    assert shown["Matching team"] == set()
