"""The real queue: what a request commits, a worker in another connection sends. And clicks at one moment."""

import threading
import uuid
from collections.abc import Iterator

import pytest
from django.db import close_old_connections, connection
from procrastinate.contrib.django import app
from wagtail.models import Page, Site

from home.models import HomePage, PracticeSettings
from tests import demo_database
from tests.factories.enquiries import NewEnquiryFactory, make_offerable_therapist
from therapies.models import ConcernIndexPage, ConcernPage
from therapists.enquiries.enums import State
from therapists.enquiries.lifecycle import NotAllowed, move
from therapists.enquiries.models import Enquiry, FollowUp, MessageState, OutgoingMessage, ShortlistEntry
from therapists.enquiries.offers import OfferClosed, accept, offer_to_next
from therapists.enquiries.services import receive_enquiry
from therapists.enquiries.withdrawing import withdraw


@pytest.fixture
def own_database(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A copy of the test database, thrown away after the test: what it holds is committed for good."""
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_committed"
        demo_database.copy(connection.settings_dict["NAME"], name)
        with demo_database.using(name):
            yield
        demo_database.drop(name)


@pytest.fixture
def committed(own_database, transactional_db) -> ConcernPage:
    home = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Home", slug="committed", heading="Home")
    )
    concerns = home.add_child(instance=ConcernIndexPage(title="Concerns", slug="concerns"))
    PracticeSettings.objects.create(
        site=Site.objects.get(is_default_site=True),
        practice_name="The Practice",
        enquiries_email="team@practice.example",
    )
    return concerns.add_child(instance=ConcernPage(title="Grief", slug="grief"))


def at_one_moment(*calls) -> list[object]:
    """What each call gave or raised, all begun together, each on a connection of its own."""
    barrier, outcomes = threading.Barrier(len(calls)), []

    def run(call):
        close_old_connections()
        barrier.wait()
        try:
            outcomes.append(call())
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_a_worker_sends_what_was_committed(committed, postbox):
    enquiry = receive_enquiry(NewEnquiryFactory(answers__concerns=(committed.pk,)))
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, queues=["mail"])
    assert {message.state for message in enquiry.messages.all()} == {MessageState.SENT}
    recipients = {envelope.rcpt_tos[0] for envelope in postbox.envelopes}
    assert recipients == {"team@practice.example", "sam@example.org"}


def test_two_clicks_at_one_moment_make_one_enquiry(committed):
    new = NewEnquiryFactory(answers__concerns=(committed.pk,), idempotency_key=uuid.uuid4())
    outcomes = at_one_moment(*[lambda: receive_enquiry(new)] * 4)
    assert len({outcome.pk for outcome in outcomes}) == 1
    assert Enquiry.objects.count() == 1
    assert OutgoingMessage.objects.count() == 2
    assert FollowUp.objects.count() == 0


def test_of_two_matchers_at_one_moment_one_moves_it(committed):
    enquiry = receive_enquiry(NewEnquiryFactory(answers__concerns=(committed.pk,)))
    outcomes = at_one_moment(*[lambda: move(enquiry.pk, State.REVIEW)] * 3)
    assert sum(isinstance(outcome, NotAllowed) for outcome in outcomes) == 2
    assert enquiry.changes.count() == 1


def test_a_yes_and_a_withdrawal_at_one_moment_end_withdrawn(committed):
    enquiry = receive_enquiry(NewEnquiryFactory(answers__concerns=(committed.pk,)))
    therapist = make_offerable_therapist(committed.get_parent(), "Sample Quick")
    Enquiry.objects.filter(pk=enquiry.pk).update(state=State.SHORTLISTED)
    ShortlistEntry.objects.create(enquiry=enquiry, position=0, therapist=therapist)
    offer = offer_to_next(enquiry.pk)
    outcomes = at_one_moment(lambda: accept(offer.pk), lambda: accept(offer.pk), lambda: withdraw(enquiry.pk))
    assert sum(isinstance(outcome, OfferClosed) for outcome in outcomes) in {1, 2}
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.therapist) == (State.WITHDRAWN, None)
    assert not enquiry.offers.live().exists()
