"""The processes of the site share its code; restarts and kills lose no request and no change of content."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus

import httpx
import psutil
import psycopg
import pytest

from tests.deploy.processes import Deployment

pytestmark = [pytest.mark.deployment, pytest.mark.xdist_group("deployment")]

#: In seconds: how long a busy machine may take to load the site.
LONG = 60
READERS = 8
#: The bar of a process, in bytes: its own memory, and its share of what it shares.
MOST_MEMORY = 150 * 2**20


def ask(deployment: Deployment, path: str) -> httpx.Response:
    """Ask the site itself, on a connection of its own: no front server tries again."""
    headers = {"host": "localhost", "x-forwarded-proto": "https"}
    with httpx.Client(transport=httpx.HTTPTransport(uds=str(deployment.folder / "web.sock"))) as client:
        return client.get(f"http://localhost{path}", headers=headers, timeout=LONG)


def first_process(deployment: Deployment) -> psutil.Process:
    return psutil.Process(deployment.processes["web"].pid)


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + LONG
    while not is_so():
        assert time.monotonic() < until, "It did not come true in time."
        time.sleep(0.02)


@contextmanager
def answering_alone(deployment: Deployment, process: psutil.Process) -> Iterator[None]:
    others = [other for other in first_process(deployment).children() if other != process]
    for other in others:
        other.suspend()
    try:
        yield
    finally:
        for other in others:
            other.resume()


def test_no_request_fails_while_the_site_is_restarted(deployment: Deployment) -> None:
    """As `systemctl restart` does it: the socket stays, and the first process is asked to end."""
    is_over, addresses = threading.Event(), ("/", "/api/v2/therapies/", "/healthz")

    def read() -> list[int]:
        statuses = []
        while not is_over.is_set():
            statuses += [ask(deployment, path).status_code for path in addresses]
        return statuses

    with ThreadPoolExecutor(READERS) as several:
        readers = [several.submit(read) for _each in range(READERS)]
        try:
            for _again in range(2):
                time.sleep(1)
                before = deployment.processes["web"]
                before.send_signal(signal.SIGTERM)
                before.wait(LONG)
                deployment.start_web()
                assert ask(deployment, "/healthz").status_code == HTTPStatus.OK
        finally:
            is_over.set()
        answers = [status for reader in readers for status in reader.result(LONG)]
    assert len(answers) > READERS
    assert set(answers) == {HTTPStatus.OK}


def test_each_process_hears_of_changes_also_one_that_replaced_another(deployment: Deployment) -> None:
    first = first_process(deployment)
    killed, _other = first.children()
    killed.kill()
    wait_until(lambda: len(first.children()) == 2 and killed not in first.children())
    for number, process in enumerate(first.children()):
        words = f"Words for process {number}"
        with answering_alone(deployment, process):
            assert words not in ask(deployment, "/").text
            with psycopg.connect(deployment.database_url) as database:
                database.execute("UPDATE home_practicesettings SET practice_name = %s", [words])
            time.sleep(2)
            assert words in ask(deployment, "/").text


def test_what_was_loaded_is_shared_and_left_no_thread_behind(deployment: Deployment) -> None:
    """A thread or a connection of the first process would fail those forked from it."""
    for path in ("/", "/therapies/", "/therapists/", "/api/v2/therapies/", "/search/?query=sleep") * 4:
        ask(deployment, path)
    first = first_process(deployment)
    assert first.num_threads() == 1
    assert not [each for each in first.net_connections("all") if each.raddr]
    assert max(process.memory_full_info().pss for process in first.children()) < MOST_MEMORY
