"""The main job, and what the front server promises, through the files that `deploy/` ships."""

import json
import re
import shlex
import socket
import ssl
import subprocess
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import psycopg
import pytest
from django.conf import settings

from tests.deploy.absence import AWAY, expect_where_to_ring
from tests.deploy.processes import DEPLOY, METRICS_HEADERS, ROOT, Deployment, exec_start
from tests.deploy.slow_clients import HALF_A_REQUEST, slow_reader

pytestmark = pytest.mark.deployment


def wait_until(is_so: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "It did not come true in time."
        time.sleep(0.1)


def enquiry(visitor: httpx.Client) -> dict:
    form = visitor.get("/api/v2/matching/").json()
    time.sleep(3.2)  # whoever answers quicker is taken for a robot
    return {
        "ticket": form["ticket"],
        "adult": "yes",
        "needs_help_today": "no",
        "main_concern": "other",
        "formats": ["video"],
        "client_group": "individual",
        "slots": ["0-evening"],
        "choice": "practice",
        "name": "Sam Canary",
        "email": "sam@example.org",
        "safe_to_email": "yes",
        "message": "canary words of an enquiry",
        "consent": True,
        "consent_version": form["consent"]["version"],
        "website": "",
    }


def test_an_enquiry_reaches_the_practice_and_the_visitor_though_a_worker_is_killed(
    deployment: Deployment, visitor: httpx.Client
) -> None:
    deployment.kill("mail")
    answer = visitor.post(
        "/api/v2/enquiries/", json=enquiry(visitor), headers={"Idempotency-Key": str(uuid.uuid4())}
    )
    assert answer.status_code == 201, answer.text
    status = answer.json()["status"]["page_url"]
    assert status.startswith(deployment.url)
    assert visitor.get(status).status_code == 200
    deployment.start_worker("mail")  # systemd does this
    wait_until(lambda: {"sam@example.org", "matching@example.org"} <= set(deployment.mailbox.received), 60)
    request_id = answer.headers["x-request-id"]
    for log in ("practice", "web", "mail"):
        path = deployment.folder / f"{log}.log"
        wait_until(lambda path=path: request_id in path.read_text(), 10)
    lines = (deployment.folder / "mail.log").read_text().splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    assert {line["logger"] for line in told if line["request_id"] == request_id} == {
        "core.outbox.delivery",
        "core.logs.carried_ids",
    }
    assert "canary" not in deployment.log.lower()
    assert "sam@" not in deployment.log
    assert status.rsplit("/", 2)[1] not in deployment.log


def queue(database: psycopg.Connection, task: str) -> int:
    row = database.execute(
        "INSERT INTO procrastinate_jobs (task_name, queue_name, args, status, lock)"
        " VALUES (%s, 'upkeep', '{\"timestamp\": 0}', 'todo', %s) RETURNING id",
        [task, task],
    ).fetchone()
    return row[0]


def status_of(database: psycopg.Connection, job: int) -> str:
    return database.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job]).fetchone()[0]


def test_a_worker_killed_while_it_publishes_holds_back_no_later_run(
    deployment: Deployment, database: psycopg.Connection
) -> None:
    with psycopg.connect(deployment.database_url) as blocking:
        blocking.execute("LOCK TABLE wagtailcore_page IN ACCESS EXCLUSIVE MODE")
        killed = queue(database, "core.publish_scheduled")
        wait_until(lambda: status_of(database, killed) == "doing", 30)
        deployment.kill("upkeep")
    database.execute(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes'"
        " WHERE id = (SELECT worker_id FROM procrastinate_jobs WHERE id = %s)",
        [killed],
    )
    deployment.start_worker("upkeep")
    later = queue(database, "core.publish_scheduled")
    queue(database, "core.retry_stalled_jobs")
    wait_until(lambda: {status_of(database, job) for job in (killed, later)} == {"succeeded"}, 60)


def test_site_and_worker_go_on_when_their_connections_were_cut(
    visitor: httpx.Client, database: psycopg.Connection
) -> None:
    """As a restart of the database does."""
    database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    assert visitor.get("/therapies/").status_code == 200
    job = queue(database, "preview.purge")
    wait_until(lambda: status_of(database, job) == "succeeded", 60)


def test_what_is_searched_for_stands_in_no_log(deployment: Deployment, visitor: httpx.Client) -> None:
    visitor.get(
        "/search/?query=canarysearch", headers={"referer": f"{deployment.url}/search/?query=canaryreferrer"}
    )
    visitor.get("/therapists/?concern=canaryconcern")
    httpx.get(f"http://localhost:{deployment.http}/enquiries/canarykey/?query=canarysearch")
    assert visitor.get("/therapies/").status_code == 200
    wait_until(lambda: '"GET /therapies/ ' in deployment.log, 5)
    assert "canary" not in deployment.log.lower()


def test_what_visitors_write_and_read_lies_in_no_file_of_the_front_server(
    deployment: Deployment, visitor: httpx.Client
) -> None:
    def written() -> dict[str, int]:
        return {name: (deployment.folder / name).stat().st_mtime_ns for name in ("body", "proxy")}

    before = written()
    visitor.post("/find-a-therapist/", data={"message": "ж" * 3000})
    with slow_reader(visitor.base_url.port) as reader:
        # Like an editor's page: long, and kept for nobody.
        reader.sendall(b"GET /api/v2/openapi.json HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid=x\r\n\r\n")
        time.sleep(2)
    assert written() == before


def test_plain_http_leads_to_https(deployment: Deployment) -> None:
    answer = httpx.get(f"http://localhost:{deployment.http}/fees/?a=b")
    assert (answer.status_code, answer.headers["location"]) == (301, "https://localhost/fees/?a=b")


def test_pages_carry_the_headers_of_production(visitor: httpx.Client) -> None:
    headers = visitor.get("/").headers
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "nginx/" not in headers["server"]


def test_forged_addresses_do_not_pass_the_limit_and_clients_are_told_apart(deployment: Deployment) -> None:
    def search(own_address: str, forged: str = "") -> int:
        transport = httpx.HTTPTransport(local_address=own_address, verify=False)
        with httpx.Client(transport=transport, timeout=30) as client:
            headers = {"x-forwarded-for": forged} if forged else {}
            return client.get(f"{deployment.url}/api/v2/search/?query=sleep", headers=headers).status_code

    assert [search("127.0.0.1", f"203.0.113.{number}") for number in range(6)] == [200] * 5 + [429]
    assert search("127.0.0.2") == 200


def test_while_the_site_is_away_visitors_read_where_to_ring(
    deployment: Deployment, visitor: httpx.Client
) -> None:
    with deployment.without_the_site():
        expect_where_to_ring(visitor)
    assert {"tel:999", "tel:111", "tel:116123"} == set(re.findall(r'href="([^"]*)"', AWAY))
    wait_until(lambda: visitor.get("/concerns/").status_code == 200, 30)


def test_steps_of_the_form_are_made_for_each_visitor(visitor: httpx.Client) -> None:
    tickets = {visitor.get("/api/v2/matching/").json()["ticket"] for _again in range(2)}
    assert len(tickets) == 2


@pytest.mark.parametrize(
    "path",
    [
        "/media/documents/x.pdf",
        "/media/original_images/x.webp",
        "/media/images/../documents/x.pdf",
        "/media/images/",
    ],
)
def test_only_resized_pictures_are_served_from_the_folder_of_uploads(
    visitor: httpx.Client, path: str
) -> None:
    assert visitor.get(path).status_code in (403, 404)


def test_pictures_are_served_by_the_front_server(visitor: httpx.Client) -> None:
    [address, *_others] = re.findall(r"/media/images/[\w.-]+", visitor.get("/therapists/").text)
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert settings.MEDIA_URL == "/media/"


def test_slow_clients_keep_nobody_waiting(deployment: Deployment, visitor: httpx.Client) -> None:
    context = ssl._create_unverified_context()
    with ExitStack() as open_connections:
        for _number in range(100):
            plain = open_connections.enter_context(socket.create_connection(("127.0.0.1", deployment.https)))
            slow = open_connections.enter_context(context.wrap_socket(plain, server_hostname="localhost"))
            slow.sendall(HALF_A_REQUEST)
        started = time.monotonic()
        assert visitor.get("/concerns/").status_code == 200
        assert time.monotonic() - started < 5


def test_readiness_is_told(visitor: httpx.Client) -> None:
    checks = visitor.get("/readyz").json()["checks"]
    assert {name: state for name, state in checks.items() if state != "ok"} == {}


def test_the_unit_of_the_night_makes_a_backup(deployment: Deployment, database: psycopg.Connection) -> None:
    made = subprocess.run(
        shlex.split(exec_start("practice-backup.service")),
        cwd=ROOT,
        env=deployment.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert "written and read back" in made.stdout
    assert database.execute("SELECT count(*) FROM core_backuprun").fetchone() == (1,)
    [backup] = (deployment.folder / "backups").glob("20*")
    assert (backup / "database.dump.age").stat().st_size > 100_000


def test_numbers_are_for_prometheus_alone_and_those_of_all_processes(
    deployment: Deployment, visitor: httpx.Client
) -> None:
    unit = (DEPLOY / "systemd" / "practice-web.service").read_text()
    assert "PROMETHEUS_MULTIPROC_DIR=/run/practice-metrics" in unit
    sample = r'practice_requests_total\{method="GET",status="200",view="config.health.healthz"\} (.*)'

    def answered() -> float:
        return sum(deployment.numbers(sample))

    def ask(_number: int) -> None:
        assert httpx.get(f"{deployment.url}/healthz", verify=False).is_success

    for path in ("/metrics", "/metrics/"):
        assert visitor.get(path, headers=METRICS_HEADERS).status_code == 404
    assert httpx.get(deployment.metrics_url).status_code == 404
    before = answered()
    with ThreadPoolExecutor(8) as several:
        list(several.map(ask, range(40)))
    assert {answered() - before for _again in range(8)} == {40}
