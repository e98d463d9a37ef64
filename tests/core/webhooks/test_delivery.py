"""Deliveries to a receiver that really listens, and answers as receivers do."""

import json
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from core.outbox import BACK_OFF, MOST_ATTEMPTS, SendingState
from core.webhooks import http_client as posting
from core.webhooks import signing, tasks
from core.webhooks.announcements import send_test
from core.webhooks.health import deliveries_are_late
from core.webhooks.models import Delivery, Event
from core.webhooks.notifications import notify_of_pause
from tests.factories.webhooks import EndpointFactory


@pytest.fixture
def endpoint(home, receiver):
    return EndpointFactory(url=f"{receiver.url}?site=1")


@pytest.fixture
def delivery(endpoint):
    return send_test(endpoint)


def jobs():
    return ProcrastinateJob.objects.filter(task_name="webhooks.deliver").count()


def test_a_message_arrives_signed(endpoint, fees, receiver, deliver):
    deliver()
    [received] = receiver.received
    event = Event.objects.get()
    message = json.loads(received.body)
    assert received.path == "/hook?site=1"
    assert received.headers["content-type"] == "application/json"
    assert message == {
        "id": str(event.pk),
        "type": "page.published",
        "created_at": event.created_at.isoformat(),
        "data": {
            "keys": event.keys,
            "page": {"id": fees.pk, "type": "home.InfoPage", "url": "http://testserver/fees/"},
            "paths": ["/fees/"],
        },
    }
    timestamp = int(received.headers["webhook-timestamp"])
    assert abs(timestamp - time.time()) < 60
    secret = endpoint.secrets.get().sealed_secret
    signature = signing.signature(secret, str(event.pk), timestamp, received.body)
    assert received.headers["webhook-signature"] == signature
    assert received.headers["webhook-id"] == str(event.pk)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.status_code, delivery.attempts) == (SendingState.SENT, 200, 1)


def test_two_failures_and_then_it_arrives_with_the_same_id(delivery, receiver, deliver):
    receiver.answers = [500, 500, 200]
    for status, state in [(500, "queued"), (500, "queued"), (200, "sent")]:
        deliver()
        delivery.refresh_from_db()
        assert (delivery.status_code, delivery.state) == (status, state)
    assert delivery.attempts == 3
    assert len({received.headers["webhook-id"] for received in receiver.received}) == 1
    assert len({received.body for received in receiver.received}) == 1
    deliver()
    assert len(receiver.received) == 3


def test_a_retry_waits_longer_each_time(delivery, receiver, deliver):
    receiver.answers = [503, 503]
    before = jobs()
    for wait in BACK_OFF[:2]:
        deliver()
        delivery.refresh_from_db()
        assert delivery.next_attempt_at - timezone.now() == pytest.approx(wait, abs=timedelta(seconds=30))
    assert jobs() == before + 2
    assert not Delivery.objects.due().exists()


def answer_never(handler):
    time.sleep(1)


def answer_drop_by_drop(handler):
    for letter in b"HTTP/1.1 200 OK\r\nX-Long: ".ljust(50, b"a"):
        try:
            handler.wfile.write(bytes([letter]))
        except OSError:
            return
        time.sleep(0.1)


def answer_nonsense(handler):
    handler.wfile.write(b"what?\r\n\r\n")


def hang_up(handler):
    handler.connection.close()


@pytest.mark.parametrize(
    ("answer", "error", "status"),
    [
        (answer_never, "TimeoutError", None),
        (answer_drop_by_drop, None, None),
        (answer_nonsense, "BadStatusLine", None),
        (hang_up, None, None),
        (301, "HTTP 301", 301),
        (307, "HTTP 307", 307),
        (404, "HTTP 404", 404),
        (429, "HTTP 429", 429),
    ],
)
def test_what_goes_wrong_is_tried_again(delivery, receiver, deliver, monkeypatch, answer, error, status):
    monkeypatch.setattr(posting, "STEP_SECONDS", 0.3)
    monkeypatch.setattr(posting, "ALL_SECONDS", 0.6)
    receiver.answers = [answer]
    began = time.monotonic()
    deliver()
    assert time.monotonic() - began < 3
    delivery.refresh_from_db()
    assert (delivery.state, delivery.status_code) == (SendingState.QUEUED, status)
    assert delivery.last_error == error or (error is None and delivery.last_error)
    assert len(receiver.received) == 1, "no redirect is followed"


def test_nobody_there(home, settings, deliver):
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    delivery = send_test(EndpointFactory(url="http://127.0.0.1:9/"))
    deliver()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (SendingState.QUEUED, "ConnectionRefusedError")


def test_what_the_other_side_says_is_not_kept(delivery, receiver, deliver, caplog):
    receiver.answers = [500]
    deliver()
    stored = json.dumps(list(Delivery.objects.values()) + list(Event.objects.values()), default=str)
    assert "words" not in stored + caplog.text


def test_after_the_last_attempt_it_stops_and_its_managers_are_notified(
    endpoint, delivery, receiver, deliver, admin_user
):
    receiver.answers = [500] * MOST_ATTEMPTS
    other = send_test(endpoint)
    Delivery.objects.filter(pk=other.pk).update(state=SendingState.CANCELLED)
    for _ in range(MOST_ATTEMPTS):
        deliver()
    delivery.refresh_from_db()
    endpoint.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (SendingState.FAILED, MOST_ATTEMPTS)
    assert (endpoint.is_active, endpoint.paused_because) == (False, "HTTP 500")
    job = ProcrastinateJob.objects.get(task_name="webhooks.notify_of_pause")
    notify_of_pause(**job.args)
    [letter] = mail.outbox
    assert letter.to == [admin_user.email]
    assert "The app" in letter.subject
    assert f"/admin/webhook-endpoints/edit/{endpoint.pk}/" in letter.body
    assert endpoint.url not in letter.body


def test_who_says_gone_is_asked_no_more(endpoint, delivery, receiver, deliver):
    waiting = send_test(endpoint)
    receiver.answers = [410, 410]
    deliver()
    endpoint.refresh_from_db()
    assert not endpoint.is_active
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["cancelled", "failed"]
    assert len(receiver.received) == 1
    assert waiting.event.kind == "test"


def test_a_name_that_leads_inside_by_now_is_never_reached(delivery, endpoint, receiver, deliver, settings):
    settings.WEBHOOK_ALLOWED_HOSTS = []
    settings.DEBUG = True
    deliver()
    delivery.refresh_from_db()
    endpoint.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (SendingState.FAILED, "AddressRefused")
    assert not endpoint.is_active
    assert receiver.received == []


def test_while_secrets_change_both_sign(endpoint, delivery, receiver, deliver):
    old, new = endpoint.secrets.get(), endpoint.new_secret()
    deliver()
    [received] = receiver.received
    signed = received.headers
    when = int(signed["webhook-timestamp"])
    expected = {
        signing.signature(secret.sealed_secret, signed["webhook-id"], when, received.body)
        for secret in (old, new)
    }
    assert set(signed["webhook-signature"].split()) == expected
    endpoint.new_secret(older_ones_end=timezone.now())
    assert endpoint.secrets.in_use().count() == 1


def test_the_sweep_queues_what_lost_its_job(delivery):
    before = jobs()
    tasks.sweep_unsent(0)
    assert jobs() == before + 1


def test_a_worker_that_stopped_halfway_is_taken_over(delivery, receiver, deliver):
    Delivery.objects.update(
        state=SendingState.SENDING, leased_until=timezone.now() + timedelta(minutes=1), attempts=1
    )
    deliver()
    assert receiver.received == []
    Delivery.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    deliver()
    assert len(receiver.received) == 1


def test_what_waits_for_a_worker_is_late_and_what_waits_for_its_time_is_not(delivery, client):
    assert client.get("/readyz").json()["checks"]["webhooks"] == "ok"
    Delivery.objects.update(next_attempt_at=timezone.now() - timedelta(hours=1))
    assert client.get("/readyz").json()["checks"]["webhooks"] == "late"
    Delivery.objects.update(
        created_at=timezone.now() - timedelta(days=2), next_attempt_at=timezone.now() + timedelta(hours=1)
    )
    assert not deliveries_are_late()


def test_what_is_old_is_forgotten_but_for_what_is_on_its_way(endpoint, settings):
    settings.WEBHOOK_KEEP_DAYS = 3
    old, waiting, fresh = (send_test(endpoint) for _ in range(3))
    Event.objects.exclude(pk=fresh.event_id).update(created_at=timezone.now() - timedelta(days=4))
    Delivery.objects.exclude(pk=waiting.pk).update(state=SendingState.SENT)
    tasks.purge(0)
    assert set(Delivery.objects.all()) == {waiting, fresh}
    assert not Event.objects.filter(pk=old.event_id).exists()
