"""The numbers at `/metrics`: who may see them, what they say, and that each alert asks for one of them."""

import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import promql_parser
import pytest
import yaml
from django.conf import settings as our_settings
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from core import health
from core.models import BackupRun
from tests.factories.enquiries import make_matcher, stored_enquiry
from tests.factories.home import ReviewerFactory, make_site
from tests.factories.therapies import ConcernIndexPageFactory, ConcernPageFactory
from tests.wsgi import own_store
from therapists.enquiries.models import Enquiry, OutgoingMessage, PurgeRun

TOKEN = "a token of this test"
DEPLOY = Path(our_settings.ROOT) / "deploy" / "prometheus"
GUIDE = Path(our_settings.ROOT) / "docs" / "operations.md"


@pytest.fixture(autouse=True)
def token(settings):
    settings.METRICS_TOKEN = TOKEN


def numbers(client: Client) -> dict[tuple[str, ...], float]:
    """The samples by name and values of their labels."""
    response = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }


def alerts() -> list[dict]:
    return [
        rule
        for group in yaml.safe_load((DEPLOY / "alerts.yml").read_text())["groups"]
        for rule in group["rules"]
    ]


def metrics_of(expression) -> set[str]:
    """The names of all metrics that an expression asks for."""
    if isinstance(expression, promql_parser.VectorSelector):
        return {expression.name}
    parts = [getattr(expression, name, None) for name in ("expr", "lhs", "rhs", "vector_selector", "param")]
    inner = [part for part in [*parts, *getattr(expression, "args", [])] if part is not None]
    return set().union(*(metrics_of(part) for part in inner))


@pytest.mark.parametrize("sent", [{}, {"authorization": "Bearer wrong"}, {"authorization": f"Basic {TOKEN}"}])
def test_to_whoever_has_no_token_there_is_nothing(client, db, sent):
    assert client.get("/metrics", headers=sent).status_code == 404
    assert client.post("/metrics", headers=sent).status_code == 404


def test_without_a_token_of_its_own_the_site_shows_nothing(client, db, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404
    assert client.get("/metrics").status_code == 404


def test_what_is_late_can_be_seen(client, db, settings, django_assert_max_num_queries):
    make_matcher()
    concerns = ConcernIndexPageFactory(parent=make_site())
    reviewed = {
        "last_reviewed": date(2020, 1, 1),
        "next_review_due": date(2021, 1, 1),
        "reviewer": ReviewerFactory(),
    }
    concern = ConcernPageFactory(parent=concerns, **reviewed)
    ConcernPageFactory(parent=concerns, live=False, **reviewed)
    stored_enquiry(concern.pk)
    now = timezone.now()
    OutgoingMessage.objects.update(created_at=now - timedelta(hours=1))
    Enquiry.objects.update(deadline=now - timedelta(hours=2))
    PurgeRun.objects.create(finished_at=now - timedelta(hours=3))
    BackupRun.objects.record(now - timedelta(days=2), size=1)
    settings.BACKUP_RECIPIENTS = ["age1"]
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '30 s')")
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '10 minutes'")

    with django_assert_max_num_queries(30):
        found = numbers(client)

    about = {
        name: found[name] for name in found if name[0].startswith("practice_") and "created" not in name[0]
    }
    expected = {
        ("practice_database_up",): 1,
        ("practice_cache_up",): 1,
        ("practice_workers",): 1,
        ("practice_worker_heartbeat_age_seconds",): 30,
        ("practice_queue_age_seconds", "mail"): 600,
        ("practice_queue_age_seconds", "upkeep"): 0,
        ("practice_queue_age_seconds", "webhooks"): 0,
        ("practice_jobs", "webhooks", "failed"): 0,
        ("practice_mail", "sent"): 0,
        ("practice_mail_age_seconds",): 3600,
        ("practice_webhook_deliveries", "failed"): 0,
        ("practice_enquiries", "received"): 1,
        ("practice_enquiries_late",): 1,
        ("practice_enquiry_lateness_seconds",): 7200,
        ("practice_purge_age_seconds",): 10800,
        ("practice_purge_late",): 0,
        ("practice_erasures_failing",): 0,
        ("practice_reviews_overdue",): 1,
        ("practice_backup_late",): 1,
        ("practice_backup_age_seconds",): 172_800,
        ("practice_publishing_late",): 0,
    }
    assert {name: pytest.approx(about.get(name), abs=20) for name in expected} == expected
    assert about["practice_mail", "queued"] == about["practice_jobs", "mail", "todo"] > 0


def test_requests_count_by_view_and_status_and_not_by_what_visitors_choose(search_index, db):
    make_site()
    client = Client()
    before = numbers(client)
    client.get("/search/?query=canary")
    client.get("/canary/")
    client.generic("CANARY", "/healthz")
    after = numbers(client)

    def more(method: str, status: str, view: str) -> float:
        sample = ("practice_requests_total", method, status, view)
        return after[sample] - before.get(sample, 0)

    assert more("GET", "200", "search:search") == more("GET", "404", "wagtail_serve") == 1
    assert after["practice_request_duration_seconds_count", "search:search"] >= 1
    assert not [name for name in after if "canary" in "".join(name).lower()]


def test_an_answer_from_memory_counts_as_one(db, settings, monkeypatch):
    settings.KEPT_ANSWERS_MEGABYTES = 1
    monkeypatch.setattr("core.caching.epoch.content_epoch.current", lambda: 1)
    make_site()
    client = Client()
    with own_store():
        before = numbers(client)
        for _again in range(3):
            assert client.get("/").status_code == 200
        after = numbers(client)
    asked = {
        outcome: after["practice_kept_answers_total", outcome]
        - before.get(("practice_kept_answers_total", outcome), 0)
        for outcome in ("hit", "miss")
    }
    assert asked == {"hit": 2, "miss": 1}


def test_a_scrape_of_one_process_tells_of_all_that_share_a_folder(tmp_path):
    environment = {"PYTHONPATH": str(our_settings.SITE), "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}

    def process(code: str) -> str:
        code = f"from core import counters; {code}"
        run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
        return run.stdout.decode()

    for _process in range(2):
        process("counters.kept_answers.labels('hit').inc(21)")
    scrape = "prometheus_client.generate_latest(counters.of_all_processes()).decode()"
    told = process(f"import prometheus_client; print({scrape})")
    assert 'practice_kept_answers_total{outcome="hit"} 42.0' in told


def test_where_the_database_is_away_the_rest_is_told(client, db):
    def refuse(*args):
        raise OperationalError("no route to 10.0.0.5")

    with connection.execute_wrapper(refuse):
        found = numbers(client)
    assert found["practice_database_up",] == 0
    assert ("practice_disk_free_ratio", "backups") in found
    assert not [name for name in found if name[0] in ("practice_mail", "practice_queue_age_seconds")]


def test_the_disk_counts_with_the_part_that_is_free(client, db, monkeypatch, settings):
    settings.MEDIA_ROOT = "/no/such/folder"
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: SimpleNamespace(free=1, total=25))
    assert numbers(client)["practice_disk_free_ratio", "media"] == 0.04
    assert client.get("/readyz").json()["checks"]["disk"] == "nearly full"


def test_each_alert_asks_for_numbers_that_are_there(client, db):
    PurgeRun.objects.create()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        cursor.execute("INSERT INTO procrastinate_jobs (task_name, queue_name) VALUES ('task', 'mail')")
    numbers(client)
    there = {name for name, *_labels in numbers(client)} | {"up"}
    for alert in alerts():
        asked_for = metrics_of(promql_parser.parse(alert["expr"]))
        assert asked_for, alert
        assert asked_for <= there, alert["alert"]


def test_each_alert_says_what_it_is_and_the_guide_what_to_do():
    [guide] = re.findall(r"^### Alerts\n(.+?)^##", GUIDE.read_text(), re.M | re.S)
    told = re.findall(r"^\| `(\w+)` \|", guide, re.M)
    assert told == [alert["alert"] for alert in alerts()]
    for alert in alerts():
        assert alert["labels"]["severity"] in ("urgent", "soon")
        assert alert["annotations"]["summary"]


def test_prometheus_asks_where_the_front_server_answers():
    asked = yaml.safe_load((DEPLOY / "prometheus.yml").read_text())
    [job] = asked["scrape_configs"]
    front = (DEPLOY.parent / "nginx" / "practice.conf").read_text()
    assert f"listen {job['static_configs'][0]['targets'][0]};" in front
