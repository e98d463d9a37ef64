"""Under load, with processes killed all the while: what was acknowledged is there, and its mail arrives.

Not a part of `make test`: `make resilience` runs it. RESILIENCE_ENQUIRIES says how many, 2,000 by default.
"""

import os
import random
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import httpx
import psycopg
import pytest

from tests.deploy.processes import METRICS_HEADERS, Deployment
from tests.deploy.test_deployment import enquiry, wait_until

ENQUIRIES = int(os.environ.get("RESILIENCE_ENQUIRIES", "2000"))
#: In seconds: what systemd needs to start one again, and a little more.
BETWEEN_KILLS = 8
#: In seconds.
LONGEST = 900


@pytest.fixture
def no_limits(deployment: Deployment) -> None:
    """One address stands for two thousand here."""
    rates = ("READING", "SENDING", "PRIVATE", "PREVIEWING")
    deployment.environment |= {f"API_THROTTLE_{rate}": "" for rate in rates}
    deployment.kill("web")
    deployment.start_web()
    wait_until(lambda: answers(deployment), 60)


def answers(deployment: Deployment) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(f"{deployment.url}/healthz", verify=False).is_success
    return False


def killed_all_the_while(deployment: Deployment, is_over: threading.Event) -> int:
    """Kill the site and the worker of mail in turn, as `kill -9`, and start each again. Return how often."""
    kills = 0
    while not is_over.wait(BETWEEN_KILLS):
        name = ("web", "mail")[kills % 2]
        deployment.kill(name)
        deployment.start_web() if name == "web" else deployment.start_worker("mail")
        kills += 1
    return kills


def sent(deployment: Deployment, answers: dict) -> str:
    """Send until it is acknowledged, as a visitor does whose page did not load. Return the key."""
    key = str(uuid.uuid4())
    for _again in range(300):
        with suppress(httpx.HTTPError), httpx.Client(verify=False, timeout=30) as visitor:
            url = f"{deployment.url}/api/v2/enquiries/"
            answer = visitor.post(url, json=answers, headers={"Idempotency-Key": key})
            if answer.status_code == 201:
                return key
            assert answer.status_code >= 500, answer.text
        time.sleep(0.5 + random.random())
    raise AssertionError("It was never acknowledged.")


def tickets(deployment: Deployment, number: int) -> list[str]:
    with (
        httpx.Client(base_url=deployment.url, verify=False, timeout=60) as visitor,
        ThreadPoolExecutor(8) as several,
    ):
        forms = several.map(visitor.get, ["/api/v2/matching/"] * number)
        return [form.json()["ticket"] for form in forms]


def hurry(database: psycopg.Connection) -> None:
    """As if the waits between attempts, and the leases of killed workers, were over."""
    database.execute("UPDATE enquiries_outgoingmessage SET next_attempt_at = now() WHERE state = 'queued'")
    database.execute(
        "UPDATE enquiries_outgoingmessage SET leased_until = now() - interval '1 s'"
        " WHERE state = 'sending' AND leased_until < now() + interval '4 minutes'"
    )
    database.execute(
        "INSERT INTO procrastinate_jobs (task_name, queue_name, args, status)"
        " VALUES ('enquiries.sweep_unsent', 'mail', '{\"timestamp\": 0}', 'todo')"
    )


def unsent(database: psycopg.Connection) -> int:
    states = "('queued', 'sending')"
    row = database.execute(
        f"SELECT count(*) FROM enquiries_outgoingmessage WHERE state IN {states}"
    ).fetchone()
    return row[0]


def drain(database: psycopg.Connection, every: Callable[[psycopg.Connection], None], pause: float) -> float:
    began = time.monotonic()
    while unsent(database):
        assert time.monotonic() - began < LONGEST, f"{unsent(database)} are unsent."
        every(database)
        time.sleep(pause)
    return time.monotonic() - began


def test_nothing_acknowledged_is_lost_to_the_last_mail(
    deployment: Deployment, database: psycopg.Connection, no_limits: None, record_property
) -> None:
    with httpx.Client(base_url=deployment.url, verify=False, timeout=30) as visitor:
        plain = enquiry(visitor)
    given = tickets(deployment, ENQUIRIES)
    before, received = unsent(database), len(deployment.mailbox.ids)
    assert before == 0
    deployment.mailbox.share_refused = 0.4
    is_over = threading.Event()
    began = time.monotonic()
    with ThreadPoolExecutor(9) as several:
        killer = several.submit(killed_all_the_while, deployment, is_over)
        try:
            keys = list(several.map(lambda ticket: sent(deployment, plain | {"ticket": ticket}), given))
        finally:
            is_over.set()
        kills = killer.result()
    seconds = time.monotonic() - began
    stored = database.execute(
        "SELECT count(*) FROM enquiries_enquiry WHERE idempotency_key = ANY(%s::uuid[])", [keys]
    ).fetchone()[0]
    assert stored == ENQUIRIES
    drain(database, hurry, 6)
    deployment.mailbox.share_refused = 0
    states = database.execute(
        "SELECT message.state, count(*) FROM enquiries_outgoingmessage AS message"
        " JOIN enquiries_enquiry AS enquiry ON enquiry.id = message.enquiry_id"
        " WHERE enquiry.idempotency_key = ANY(%s::uuid[]) GROUP BY message.state",
        [keys],
    ).fetchall()
    assert states == [("sent", 2 * ENQUIRIES)]
    ids = deployment.mailbox.ids[received:]
    assert len(set(ids)) >= 2 * ENQUIRIES
    repeats = len(ids) - len(set(ids))
    record_property(
        "figure",
        f"{ENQUIRIES} acknowledged in {seconds:.0f} s through {kills} kills, 0 lost; {2 * ENQUIRIES} e-mails"
        f" of which 40 % were refused at each try, all sent; {repeats} came twice, with the same id",
    )


def test_after_hours_without_a_worker_four_send_each_mail_once(
    deployment: Deployment, database: psycopg.Connection, record_property
) -> None:
    deployment.kill("mail")
    database.execute(
        "INSERT INTO enquiries_outgoingmessage"
        " (id, enquiry_id, kind, state, attempts, created_at, next_attempt_at, last_error)"
        " SELECT gen_random_uuid(), (SELECT id FROM enquiries_enquiry LIMIT 1), 'acknowledgement', 'queued',"
        " 0, now() - interval '2 hours', now() - interval '2 hours', '' FROM generate_series(1, 1000)"
    )
    told = httpx.get(f"{deployment.url}/readyz", verify=False)
    assert (told.status_code, told.json()["checks"]["mail"]) == (503, "late")
    numbers = httpx.get(deployment.metrics_url, headers=METRICS_HEADERS).text
    [age] = [
        line.split()[1] for line in numbers.splitlines() if line.startswith("practice_mail_age_seconds ")
    ]
    assert float(age) > 7000
    received = len(deployment.mailbox.ids)
    hurry(database)
    hurry(database)
    for number in range(4):
        deployment.start_worker("mail", name=f"mail{number}")
    seconds = drain(database, lambda database: None, 0.5)
    ids = deployment.mailbox.ids[received:]
    assert len(ids) == len(set(ids)) == 1000
    record_property(
        "figure", f"1,000 e-mails by 4 workers in {seconds:.0f} s, each once; red at once, age told"
    )
