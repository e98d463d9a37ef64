"""The panel on the administrator's home: what is missing before the site opens, done by doing it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from core.admin.first_steps_panel import missing_steps
from core.models import BackupRun, Reviewer
from core.outbox import SendingState
from core.reviews.signing import USUAL_REVIEW_INTERVAL, sign_off
from home.models import CrisisHelp, InfoPage, PracticeSettings
from tests.factories.therapists import RegistrationFactory, TherapistPageFactory
from tests.queue_worker import a_worker
from therapists.enquiries.models import MessageKind, OutgoingMessage
from therapists.models import TherapistIndexPage, TherapistPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_practice")]

STEPS = [
    "Say how to reach you",
    "Try your e-mail",
    "Put two people on the Matching team",
    "Show a therapist with a checked registration",
    "Read the privacy words",
    "Check the urgent help lines",
    "Make a backup",
]


def lacking() -> dict[str, str]:
    return {str(step.title): missing.words for step, missing in missing_steps(Site.objects.get())}


def make_reachable() -> None:
    PracticeSettings.objects.update(contact_phone="0131 496 0000")


def send_mail() -> None:
    a_worker()
    OutgoingMessage.objects.create(kind=MessageKind.TRIAL, state=SendingState.SENT, sent_at=timezone.now())


def make_team() -> None:
    for name in ("Maya", "Noor"):
        person = User.objects.create_user(name.lower(), first_name=name)
        person.groups.add(Group.objects.get(name="Matching team"))


def show_therapist() -> None:
    TherapistPageFactory(parent=TherapistIndexPage.objects.get(), is_sample=False)


def sign_privacy() -> None:
    page = InfoPage.objects.get(slug="privacy")
    owner = Reviewer.objects.create(name="Olive", credentials="owner")
    revision = page.save_revision()
    revision.publish()
    sign_off(page, revision, owner, next_due=timezone.localdate() + USUAL_REVIEW_INTERVAL)


def check_help_lines() -> None:
    crisis = CrisisHelp.for_site(Site.objects.get())
    crisis.checked_on = timezone.localdate()
    crisis.save()


def make_backup() -> None:
    BackupRun.objects.record(timezone.now(), size=1)


DOING: list[Callable[[], None]] = [
    make_reachable,
    send_mail,
    make_team,
    show_therapist,
    sign_privacy,
    check_help_lines,
    make_backup,
]


@pytest.mark.guide(
    "The home of the admin shows an administrator what a new site still lacks: how to reach you, e-mail "
    "that arrives, two people on the Matching team, a therapist with a checked registration, privacy words "
    "that somebody has read and signed off, help lines that somebody has rung, and a backup.",
    "There is nothing to tick: the site looks for itself, and the list is gone when all is there.",
    "Privacy words: read the page, make it true, publish it, and sign it off under Review.",
)
def test_each_step_goes_when_it_is_done_and_the_panel_with_the_last(client: Client) -> None:
    client.force_login(User.objects.get(username="olive"))
    settings_before = list(lacking())
    assert settings_before == STEPS
    for title, do in zip(STEPS, DOING, strict=True):
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        assert "Before you open" in home
        assert title in lacking()
        do()
        assert title not in lacking()
    assert "Before you open" not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.guide("Each leads to where it is done.")
def test_each_step_leads_to_where_it_is_done(client: Client) -> None:
    client.force_login(User.objects.get(username="olive"))
    for step, missing in missing_steps(Site.objects.get()):
        if missing.address:
            assert client.get(missing.address).status_code == 200, step.title
    assert [missing.address for _step, missing in missing_steps(Site.objects.get())].count("") == 1


def test_nobody_but_an_administrator_is_shown_them(client: Client) -> None:
    for role in ("Content editor", "Moderators", "Matching team"):
        person = User.objects.create_user(role.split()[0].lower())
        person.groups.add(Group.objects.get(name=role))
        client.force_login(person)
        assert "Before you open" not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.guide("Privacy words: read the page, make it true, publish it, and sign it off under Review.")
def test_what_is_half_done_says_what_is_left() -> None:
    assert lacking()["Say how to reach you"] == "Still missing: a phone number."
    maya = User.objects.create_user("maya", first_name="Maya")
    maya.groups.add(Group.objects.get(name="Matching team"))
    assert lacking()["Put two people on the Matching team"].startswith("Only Maya is.")
    # An administrator is on no team, whatever their groups.
    User.objects.get(username="olive").groups.add(Group.objects.get(name="Matching team"))
    assert "Put two people on the Matching team" in lacking()
    olive = User.objects.get(username="olive")
    Reviewer.objects.create(name="Olive", credentials="owner", account=olive)
    assert "sign them off, under Review" in lacking()["Read the privacy words"]


def test_a_registration_that_nobody_checked_and_a_sample_do_not_count() -> None:
    directory = TherapistIndexPage.objects.get()
    TherapistPageFactory(parent=directory, is_sample=True)
    page: TherapistPage = TherapistPageFactory(parent=directory, title="Ira Stone", is_sample=False)
    page.registrations.all().delete()
    RegistrationFactory(therapist=page, verified_on=None)
    assert "Visitors cannot see Ira Stone yet" in lacking()["Show a therapist with a checked registration"]


def test_a_site_without_help_lines_has_none_to_check() -> None:
    check_help_lines()
    crisis = CrisisHelp.for_site(Site.objects.get())
    crisis.help_lines = []
    crisis.save()
    assert "There are none" in lacking()["Check the urgent help lines"]
