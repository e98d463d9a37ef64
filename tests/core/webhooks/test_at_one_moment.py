"""Committed changes and several workers, on a database of their own."""

from unittest.mock import patch

import pytest
from django.db import transaction

from core.outbox import SendingState
from core.webhooks import queue as outbox
from core.webhooks import signal_handlers
from core.webhooks.announcements import send_test
from core.webhooks.models import Delivery, Endpoint, Event, KnownPage
from core.webhooks.page_diff import announce_page_changes, update_known_pages
from tests.at_one_moment import at_one_moment
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.webhooks import EndpointFactory


@pytest.fixture
def fees(own_database, transactional_db):
    return InfoPageFactory(parent=make_site(), title="Fees", slug="fees")


def test_several_workers_send_once(fees, receiver):
    delivery = send_test(EndpointFactory(url=receiver.url))
    at_one_moment(*[lambda: outbox.deliver(str(delivery.pk))] * 4)
    assert len(receiver.received) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (SendingState.SENT, 1)


def test_each_transaction_is_announced_by_itself(fees):
    EndpointFactory()
    fees.save_revision().publish()
    fees.save_revision().publish()
    assert Event.objects.count() == 2
    with transaction.atomic():
        fees.save_revision().publish()
        fees.save_revision().publish()
    assert Event.objects.count() == 3
    assert Delivery.objects.count() == 3


def test_a_move_is_announced_once(fees):
    other = InfoPageFactory(parent=fees.get_parent(), title="Other", slug="other")
    InfoPageFactory(parent=fees, title="Below", slug="below")
    EndpointFactory()
    type(fees).objects.get(pk=fees.pk).move(other, "first-child")
    [event] = Event.objects.all()
    assert (event.kind, event.page["id"]) == ("page.moved", fees.pk)
    assert event.paths == ["/fees/", "/fees/below/", "/other/fees/", "/other/fees/below/"]


def test_another_address_of_the_site_is_announced_at_once(fees):
    EndpointFactory()
    site = fees.get_site()
    site.port = 8000
    site.save()
    assert sorted(Event.objects.values_list("kind", flat=True)) == ["page.moved", "site.changed"]
    announce_page_changes()
    assert Event.objects.count() == 2


def test_two_editors_at_one_moment_are_both_announced(fees):
    # Titles of several lengths: the search index touches all others of the average length with each page.
    other = InfoPageFactory(parent=fees.get_parent(), title="Other words", slug="other")
    EndpointFactory()
    at_one_moment(lambda: fees.save_revision().publish(), lambda: other.save_revision().publish())
    paths = {path for event in Event.objects.all() for path in event.paths}
    assert paths == {"/fees/", "/other/"}


def test_a_page_and_its_announcement_are_stored_together_or_not_at_all(fees, monkeypatch):
    EndpointFactory()

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("core.webhooks.announcements.enqueue", fail)
    before = type(fees).objects.get().last_published_at
    fees.title = "New"
    revision = fees.save_revision()
    with pytest.raises(RuntimeError):
        revision.publish()
    page = type(fees).objects.get()
    assert (page.title, page.last_published_at) == ("Fees", before)
    assert not Event.objects.exists()


@pytest.mark.usefixtures("fees")
def test_the_clock_announces_no_page_while_the_first_endpoint_is_stored():
    remember = signal_handlers.remember_public_pages

    def remember_after_the_clock():
        at_one_moment(update_known_pages)
        remember()

    with patch.object(signal_handlers, "remember_public_pages", remember_after_the_clock):
        EndpointFactory()
    update_known_pages()
    assert KnownPage.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.usefixtures("fees")
def test_two_first_endpoints_at_one_moment_are_both_stored():
    outcomes = at_one_moment(EndpointFactory, EndpointFactory)
    assert [type(outcome) for outcome in outcomes] == [Endpoint, Endpoint]
    update_known_pages()
    assert not Event.objects.exists()
