from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from environ import Env

from config import health
from core import checks
from tests.factories.enquiries import make_matcher, stored_enquiry
from tests.factories.home import make_site
from tests.factories.therapies import ConcernIndexPageFactory, ConcernPageFactory
from therapists.enquiries.models import Enquiry, OutgoingMessage
from therapists.enquiries.services.erasures import keep_erasure

cache_url_config = Env.cache_url_config


@pytest.fixture(autouse=True)
def worker(request):
    """A worker that lives."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


def test_alive_asks_nothing_of_the_database(client):
    response = client.get("/healthz")
    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert set(response.json()["checks"].values()) == {"ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_pending(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'demo'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == "pending"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("waited", "scheduled", "expected"),
    [
        (timedelta(minutes=1), None, "ok"),
        (timedelta(minutes=6), None, "late"),
        (timedelta(hours=2), timedelta(hours=1), "ok"),
        (timedelta(hours=2), timedelta(minutes=-6), "late"),
    ],
)
def test_not_ready_while_a_job_has_no_worker(client, waited, scheduled, expected):
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, args, status, scheduled_at)"
            " VALUES ('task', 'default', '{}', 'todo', %s) RETURNING id",
            [now + scheduled if scheduled is not None else None],
        )
        job = cursor.fetchone()[0]
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [job])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'deferred', %s)",
            [job, now - waited],
        )
    response = client.get("/readyz")
    assert response.json()["checks"]["queue"] == expected
    assert response.status_code == (200 if expected == "ok" else 503)


@pytest.mark.django_db
def test_not_ready_while_no_worker_lives(client):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == dict.fromkeys(health.CHECKS, "ok") | {"workers": "missing"}


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["mail", "purge"])
def test_not_ready_while_mail_waits_or_what_should_be_gone_is_here(client, part):
    make_matcher()
    concerns = ConcernIndexPageFactory(parent=make_site())
    stored_enquiry(ConcernPageFactory(parent=concerns).pk)
    assert client.get("/readyz").json()["checks"][part] == "ok"
    if part == "mail":
        OutgoingMessage.objects.update(created_at=timezone.now() - timedelta(minutes=31))
    else:
        Enquiry.objects.update(received_at=timezone.now() - timedelta(days=181))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == dict.fromkeys(health.CHECKS, "ok") | {part: "late"}


@pytest.mark.django_db
def test_not_ready_while_what_was_erased_cannot_be_noted(client):
    keep_erasure.defer(name="2026-11-28.test.0")
    assert client.get("/readyz").json()["checks"]["erasures"] == "ok"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET attempts = 5, scheduled_at = now() + interval '1 minute'"
        )
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == dict.fromkeys(health.CHECKS, "ok") | {"erasures": "failing"}


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_said_without_its_name(client, monkeypatch):
    def unreachable():
        raise health.DatabaseError("connection to server at db.internal failed")

    monkeypatch.setitem(health.CHECKS, "database", unreachable)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"internal" not in response.content


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_reading_is_answered(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_not_ready_while_the_shared_cache_is_away(client, settings):
    settings.CACHES = {"default": cache_url_config("rediscache://127.0.0.1:1/0")}
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == dict.fromkeys(health.CHECKS, "ok") | {"cache": "unreachable"}


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["rediscache://127.0.0.1:1/0", "dbcache://no_such_table"])
def test_a_cache_that_does_not_answer_is_found_before_it_is_needed(settings, url):
    assert checks.shared_cache_answers(None) == []
    settings.CACHES = {"default": cache_url_config(url)}
    [error] = checks.shared_cache_answers(None)
    assert error.id == "core.E001"
