"""What each server is put through. Every trial starts it, and stops it in the end."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import httpx
import psycopg

from tests.benchmarks.servers.candidates import Running
from tests.benchmarks.servers.readers import SOME_ANEW, Readers
from tests.benchmarks.serving.load import HEADERS, MADE_ANEW, Figures, measure
from tests.browser.page_types import PUBLIC
from tests.deploy.slow_clients import HALF_A_REQUEST

#: In seconds.
LONGEST_START, WARM_UP, UNDER_LOAD, BEFORE_IT_HAPPENS, WATCHED = 60, 3, 12, 4, 3
BETWEEN_LOOKS = 0.02
SLOW_CLIENTS = 100
#: After so many requests, memory is looked at for the last time.
MANY_REQUESTS = 100_000
NEW_TITLE = "A title that was changed under load"


@contextmanager
def started(running: Running) -> Iterator[float]:
    """Yield the seconds from the command to the first page."""
    begun = time.monotonic()
    running.start()
    try:
        while time.monotonic() - begun < LONGEST_START:
            try:
                if httpx.get(running.url, headers=HEADERS, timeout=LONGEST_START).status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.02)
        else:
            raise SystemExit(f"{running.command[0]} did not start.")
        yield time.monotonic() - begun
    finally:
        running.stop()


def seconds_to_start(running: Running) -> float:
    with started(running) as seconds:
        return seconds


def at_work(running: Running, seconds: int) -> tuple[Figures, Figures]:
    """Return the figures of a therapy made anew, and from memory."""
    with started(running):
        anew, kept = (
            measure(running.server, PUBLIC["therapy"], seconds, headers) for headers in (MADE_ANEW, {})
        )
    return anew, kept


def beside_slow_clients(running: Running) -> float:
    """Return how many milliseconds a page takes while others send the half of a request and wait."""
    with started(running), ExitStack() as clients:
        for _each in range(SLOW_CLIENTS):
            client = clients.enter_context(socket.create_connection(("127.0.0.1", running.port)))
            client.sendall(HALF_A_REQUEST)
        time.sleep(1)
        begun = time.monotonic()
        try:
            httpx.get(running.url, headers=HEADERS, timeout=20)
        except httpx.TransportError:
            return float("inf")
        return 1000 * (time.monotonic() - begun)


@dataclass(frozen=True)
class Killed:
    failed: int
    count: int
    #: In milliseconds.
    longest: float
    #: In seconds: until there were as many processes as before.
    until_replaced: float


def one_process_killed(running: Running) -> Killed:
    with started(running):
        readers = Readers(running.url, UNDER_LOAD)
        time.sleep(BEFORE_IT_HAPPENS)
        before = {process.pid for process in running.workers()}
        victim = running.workers()[0]
        victim.kill()
        begun = time.monotonic()
        while len({process.pid for process in running.workers()} - before) == 0:
            if time.monotonic() - begun > UNDER_LOAD:
                break
            time.sleep(0.02)
        replaced = time.monotonic() - begun
        answers = readers.answers()
    return Killed(answers.failed, answers.count, answers.longest, replaced)


@dataclass(frozen=True)
class Published:
    failed: int
    count: int
    #: In milliseconds.
    longest: float
    #: In seconds after the commit: the last answer with the old words.
    last_old: float


def published_under_load(running: Running) -> Published:
    """Change the title of a therapy, while all kinds of pages are read as fast as they are given."""
    with started(running):
        _warm(running)
        readers = Readers(running.url, UNDER_LOAD)
        time.sleep(BEFORE_IT_HAPPENS)
        before = _change_title(running, NEW_TITLE)
        last_old = _last_old(running, time.monotonic())
        answers = readers.answers()
        _change_title(running, before)
    return Published(answers.failed, answers.count, answers.longest, last_old)


def _last_old(running: Running, begun: float) -> float:
    """Look again and again, but leave the processors to the servers."""
    last_old = 0.0
    with httpx.Client(headers=HEADERS, timeout=30, trust_env=False) as client:
        while time.monotonic() - begun < WATCHED:
            asked = time.monotonic()
            if NEW_TITLE not in client.get(running.url + PUBLIC["therapy"]).text:
                last_old = asked - begun
            time.sleep(BETWEEN_LOOKS)
    return last_old


def _change_title(running: Running, title: str) -> str:
    """Return what it was."""
    with psycopg.connect(running.environment["DATABASE_URL"]) as connection:
        [(key, before)] = connection.execute(
            "SELECT id, title FROM wagtailcore_page WHERE url_path LIKE %s", [f"%{PUBLIC['therapy']}"]
        ).fetchall()
        connection.execute("UPDATE wagtailcore_page SET title = %s WHERE id = %s", [title, key])
    return before


def _warm(running: Running) -> None:
    """Let each process have all pages in memory: few requests would leave it to chance which one has what."""
    Readers(running.url, WARM_UP).answers()


@dataclass(frozen=True)
class Memory:
    """Of the larger of the two processes, in megabytes."""

    at_first: float
    in_between: float
    at_last: float
    count: int


def memory_of_many(running: Running) -> Memory:
    """Read all kinds of pages, some made anew, a hundred thousand times."""
    with started(running):
        _warm(running)
        sizes, count = [_megabytes(running)], 0
        for share in (0.5, 1):
            while count < MANY_REQUESTS * share:
                count += Readers(running.url, 10, SOME_ANEW).answers().count
            sizes.append(_megabytes(running))
    return Memory(*sizes, count)


def _megabytes(running: Running) -> float:
    return max(process.memory_info().rss for process in running.workers()) / 2**20
