"""Two requests decide on one page at one moment, or one decides from a window that is no longer true."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow

from core.models import SignOff
from core.reviews.kinds_of_change import KindOfChange
from core.reviews.signing import sign_off
from home.models import InfoPage
from tests.at_one_moment import at_one_moment
from tests.core.test_reviews import answers, drafted
from tests.factories.home import InfoPageFactory, ReviewerFactory, make_site
from tests.factories.therapies import ReferenceFactory
from therapies.models import Reference

pytestmark = [
    pytest.mark.usefixtures("own_database", "transactional_db"),
    pytest.mark.filterwarnings("ignore:get_connection"),  # Wagtail tells moderators
]
#: How often: each round meets another order of the two.
MOMENTS = 2
PRESSED = {"action-workflow-action": "true", "workflow-action-name": "approve"}


def member(name: str, *groups: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "password")
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk() -> SimpleNamespace:
    home = make_site()
    page = InfoPageFactory(parent=home, slug="fees", live=False)
    clinicians = [
        member("clinician", "Clinical reviewer"),
        member("colleague", "Clinical reviewer", "Moderators"),
    ]
    reviewer, _ = (ReviewerFactory(account=clinician) for clinician in clinicians)
    sign_off(page, page.save_revision(), reviewer, next_due=timezone.localdate() + timedelta(days=365))
    page.get_latest_revision().publish()
    return SimpleNamespace(page=page, moderator=member("moderator", "Moderators"), clinicians=clinicians)


def handed_in(page: Page, words: str) -> InfoPage:
    draft = page.get_latest_revision_as_object()
    draft.summary = words
    draft.save_revision()
    page = InfoPage.objects.get(pk=page.pk)
    Workflow.objects.get(name="Clinical review").start(page, None)
    return InfoPage.objects.get(pk=page.pk)


def written(page: Page, **changes: str) -> dict[str, str]:
    """What the editor of a page sends for the newest draft with these changes, to be saved only."""
    sent = answers(page.get_latest_revision_as_object(), **changes)
    del sent["action-publish"]
    return sent


def approved(client: Client, page: Page, **changes: str) -> dict[str, str]:
    """What it sends when one presses approval, of the step that it showed."""
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    [step] = set(re.findall(r'name="workflow-step" value="(\d+)"', shown))
    changes["kind_of_change"] = KindOfChange.NEEDS_REVIEW
    return written(page, **changes) | PRESSED | {"workflow-step": step}


def send(client: Client, page: Page, sent: dict[str, str]) -> SimpleNamespace:
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent, follow=True)
    return SimpleNamespace(status=response.status_code, text=response.content.decode())


def test_a_step_that_is_ended_twice_leaves_the_next_one(desk: SimpleNamespace) -> None:
    """Even where one person may end both: they pressed “Approve”, and not “Sign off”."""
    for user in [desk.moderator, desk.clinicians[1]]:
        for moment in range(MOMENTS):
            page = handed_in(desk.page, f"Words {moment} for {user}.")
            clients = logged_in(user), logged_in(user)
            sent = approved(clients[0], page)
            outcomes = at_one_moment(*(partial(send, client, page, sent) for client in clients))
            assert [outcome.status for outcome in outcomes] == [200, 200]
            assert page.current_workflow_task.name == "Clinical review"
            assert not SignOff.objects.filter(revision=page.latest_revision).exists()
            page.current_workflow_state.cancel()


def test_two_clinicians_sign_off_at_one_moment(desk: SimpleNamespace) -> None:
    for moment in range(MOMENTS):
        page = handed_in(desk.page, f"Words {moment}.")
        send(logged_in(desk.moderator), page, approved(logged_in(desk.moderator), page))
        clients = [logged_in(clinician) for clinician in desk.clinicians]
        sent = approved(clients[0], page)
        outcomes = at_one_moment(*(partial(send, client, page, sent) for client in clients))
        assert [outcome.status for outcome in outcomes] == [200, 200]
        assert sum("decided meanwhile" in outcome.text for outcome in outcomes) == 1
        assert InfoPage.objects.get(pk=page.pk).summary == f"Words {moment}."


def test_a_window_that_shows_a_step_of_before_decides_nothing(desk: SimpleNamespace) -> None:
    page = handed_in(desk.page, "Words.")
    both = logged_in(desk.clinicians[1])
    old = approved(both, page, summary="Words, and some more.")
    send(logged_in(desk.moderator), page, approved(logged_in(desk.moderator), page))
    outcome = send(both, page, old)
    assert "decided meanwhile" in outcome.text
    assert page.current_workflow_task.name == "Clinical review"
    page = InfoPage.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().summary == "Words, and some more."
    assert page.summary != "Words, and some more."


def test_whoever_approves_a_source_while_another_does_leaves_it_published(desk: SimpleNamespace) -> None:
    """The second reads it once the first has published it: stored as it was before, it would go down."""
    source = ReferenceFactory(live=False)
    source.save_revision()
    source.get_workflow().start(source, None)
    second = logged_in(desk.clinicians[1])
    address = reverse("wagtailsnippets_therapies_reference:edit", args=[source.pk])
    shown = second.get(address).context["form"]
    sent = {name: shown[name].value() or "" for name in shown.fields} | PRESSED

    def press() -> int:
        try:
            return second.post(address, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor() as elsewhere:
        with transaction.atomic():
            first = Reference.objects.select_for_update().get(pk=source.pk)
            pressed = elsewhere.submit(press)
            wait_until_somebody_waits_for_a_row()
            first.current_workflow_task.on_action(
                first.current_workflow_task_state, desk.moderator, "approve"
            )
        assert pressed.result() == 302
    assert Reference.objects.get(pk=source.pk).live


def wait_until_somebody_waits_for_a_row() -> None:
    until = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("Nobody waits.")


@pytest.mark.parametrize("deed", ["publish", "unpublish"])
def test_a_draft_is_saved_while_another_person_publishes_or_takes_down(
    desk: SimpleNamespace, deed: str
) -> None:
    """What was written meanwhile is the newest draft, whichever came first."""
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", deed])
    writer, other = logged_in(desk.clinicians[1]), logged_in(desk.moderator)
    for moment in range(MOMENTS):
        page = InfoPage.objects.get(pk=desk.page.pk)
        page.unpublish() if deed == "publish" else page.get_latest_revision().publish()
        drafted(page, words=f"Before {moment}.")
        page = InfoPage.objects.get(pk=page.pk)
        at_one_moment(
            partial(send, writer, page, written(page, summary=f"Meanwhile {moment}.")),
            partial(other.post, f"{address}?id={page.pk}", {}),
        )
        page = InfoPage.objects.get(pk=page.pk)
        assert page.live == (deed == "publish")
        assert page.get_latest_revision_as_object().summary == f"Meanwhile {moment}."
