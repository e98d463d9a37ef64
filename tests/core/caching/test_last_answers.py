"""While an answer is made anew, others are given the last one; a moment after a change no one is."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseNotModified
from django.test import Client, RequestFactory, override_settings
from wagtail.models import Site

from core.caching import answers, content_memory
from core.caching.epoch import ContentEpoch
from core.middleware import kept_answers
from core.middleware.kept_answers import KeptAnswersMiddleware
from tests.wsgi import own_store
from therapies.models import TherapyPage

#: In seconds: none of these tests waits so long.
LONG = 10
#: In seconds of the processor.
DEAR = 0.02


class HeardEpoch(ContentEpoch):
    """Is moved by the test alone."""

    def current(self) -> int:
        return self._epoch


class TimedEpoch(ContentEpoch):
    """Knows when it moved last."""

    moved_at = 0.0

    def move(self, table: str = "") -> None:
        super().move(table)
        self.moved_at = time.monotonic()


class SlowSite:
    """Answers with what was written last. Whoever asks for an address of `slow` waits until it is let go.

    One of `dear` keeps the processor busy.
    """

    def __init__(self) -> None:
        self.words, self.is_public = b"old", True
        self.slow: set[str] = set()
        self.dear: set[str] = set()
        self.is_asked, self.let_go = threading.Event(), threading.Event()
        self.at_once = self.most_at_once = 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if request.path in self.slow:
            self.is_asked.set()
            assert self.let_go.wait(LONG)
        if request.path in self.dear:
            busy_until = time.thread_time() + 2 * DEAR
            while time.thread_time() < busy_until:
                pass
        self.at_once -= 1
        if not self.is_public:
            return HttpResponseNotFound()
        if request.headers.get("if-none-match") == '"old"':
            return HttpResponseNotModified()
        headers = {"Cache-Control": "public, max-age=0, s-maxage=60", "ETag": '"old"'}
        return HttpResponse(self.words, headers=headers)


@pytest.fixture
def epoch() -> Iterator[HeardEpoch]:
    """What holds for a moment holds for long, so that a slow machine changes nothing."""
    heard = HeardEpoch()
    with (
        patch.object(kept_answers, "content_epoch", heard),
        patch.object(answers, "LONGEST_OUT_OF_DATE", LONG),
        patch("core.caching.epoch.REMEMBERED", LONG),
    ):
        yield heard


@pytest.fixture
def site() -> SlowSite:
    return SlowSite()


@pytest.fixture
def get(site: SlowSite, epoch: HeardEpoch, rf: RequestFactory) -> Callable[..., HttpResponse]:
    with override_settings(KEPT_ANSWERS_MEGABYTES=1), own_store():
        middleware = KeptAnswersMiddleware(site)

    def ask(address: str, *, session: str = "", **headers: str) -> HttpResponse:
        cookie = {"cookie": f"sessionid={session}"} if session else {}
        return middleware(rf.get(address, headers=headers | cookie))

    for address in ("/", "/fees/", "/api/v2/therapies/"):
        ask(address)
    return ask


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=8) as executor:
        yield executor


@pytest.fixture
def being_made(site: SlowSite, epoch: HeardEpoch, get) -> Iterator[None]:
    """Content changed, and the front page is made anew beside its first reader."""
    site.words = b"new"
    site.slow = {"/"}
    epoch.move()
    assert get("/", **{"if-none-match": '"old"'}).content == b"old"
    assert site.is_asked.wait(LONG)
    yield
    site.let_go.set()


def test_readers_are_given_the_last_page_which_nobody_may_keep(site: SlowSite, being_made: None, get) -> None:
    for address in ("/", "/fees/"):  # one is made at a time, so this holds for other pages as well
        last = get(address, **{"if-none-match": '"old"'})
        assert (last.status_code, last.content, last["Cache-Control"]) == (200, b"old", "no-store")
        assert "ETag" not in last
    site.let_go.set()
    wait_until(lambda: get("/").content == get("/fees/").content == b"new")
    assert get("/")["ETag"] == '"old"'


def test_who_is_signed_in_is_never_given_the_last_page(being_made: None, get) -> None:
    assert get("/fees/", session="x").content == b"new"


def test_programs_are_given_the_last_answer_too(site: SlowSite, being_made: None, get) -> None:
    """A webhook tells them of the change later."""
    last = get("/api/v2/therapies/", **{"if-none-match": '"old"'})
    assert (last.status_code, last.content, last["Cache-Control"]) == (200, b"old", "no-store")
    assert "ETag" not in last
    site.let_go.set()
    wait_until(lambda: get("/api/v2/therapies/").content == b"new")


def test_what_is_made_in_a_moment_is_waited_for(site: SlowSite, epoch: HeardEpoch, get) -> None:
    site.words = b"new"
    epoch.move()
    with patch.object(kept_answers, "SHORT_WAIT", LONG):
        assert get("/").content == get("/api/v2/therapies/").content == b"new"


def test_pages_are_made_one_at_a_time(
    site: SlowSite, being_made: None, get, elsewhere: ThreadPoolExecutor
) -> None:
    with patch.object(answers, "LONGEST_OUT_OF_DATE", 0):
        waiting = [elsewhere.submit(get, address) for address in ("/", "/fees/", "/fees/")]
        time.sleep(0.05)
        assert not any(one.done() for one in waiting)
        site.let_go.set()
        assert {one.result(LONG).content for one in waiting} == {b"new"}
    assert site.most_at_once == 1


def test_what_is_dear_to_make_is_made_by_who_asks_and_holds_up_no_other_page(
    site: SlowSite, epoch: HeardEpoch, get, elsewhere: ThreadPoolExecutor
) -> None:
    site.dear = {"/sitemap.xml"}
    with patch.object(answers, "MOST_MADE_BESIDE", DEAR):
        get("/sitemap.xml")
        site.words, site.slow = b"new", {"/sitemap.xml"}
        epoch.move()
        anew = elsewhere.submit(get, "/sitemap.xml")
        assert site.is_asked.wait(LONG)
        wait_until(lambda: get("/").content == b"new")
        assert not anew.done()
        site.let_go.set()
        assert anew.result(LONG).content == b"new"


def test_what_takes_longer_than_a_second_is_made_by_one_for_all(
    site: SlowSite, get, elsewhere: ThreadPoolExecutor
) -> None:
    site.slow = {"/sitemap.xml"}
    waiting = [elsewhere.submit(get, "/sitemap.xml") for _each in range(4)]
    time.sleep(1.2)
    assert site.at_once == 1
    site.let_go.set()
    assert {one.result(LONG).content for one in waiting} == {b"old"}
    assert site.most_at_once == 1


def test_what_was_on_its_way_while_content_changed_is_kept_by_nobody(
    site: SlowSite, epoch: HeardEpoch, get, elsewhere: ThreadPoolExecutor
) -> None:
    site.slow = {"/asked-for-the-first-time/"}
    on_its_way = elsewhere.submit(get, "/asked-for-the-first-time/")
    assert site.is_asked.wait(LONG)
    epoch.move()
    site.let_go.set()
    answer = on_its_way.result(LONG)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert "ETag" not in answer
    assert "public" in get("/asked-for-the-first-time/")["Cache-Control"]


def test_a_moment_after_a_change_readers_wait_for_what_is_new(
    site: SlowSite, epoch: HeardEpoch, being_made: None, get, elsewhere: ThreadPoolExecutor
) -> None:
    later = time.monotonic() + answers.LONGEST_OUT_OF_DATE
    with patch("core.caching.epoch.time.monotonic", return_value=later):
        waiting = elsewhere.submit(get, "/")
        time.sleep(0.05)
        assert not waiting.done()
        site.let_go.set()
        assert waiting.result(LONG).content == b"new"


def test_withdrawn_page_is_gone_when_it_was_asked_for_anew(site: SlowSite, being_made: None, get) -> None:
    site.is_public = False
    site.let_go.set()
    wait_until(lambda: get("/").status_code == 404)


def test_page_that_grew_a_minute_old_is_given_while_it_is_made_anew(site: SlowSite, get) -> None:
    site.words, site.slow = b"new", {"/"}
    with patch("core.caching.answers.time.monotonic", return_value=time.monotonic() + answers.LONGEST_LIFE):
        assert get("/").content == b"old"
        assert site.is_asked.wait(LONG)
        assert get("/").content == b"old"
        site.let_go.set()
        wait_until(lambda: get("/").content == b"new")


def test_nobody_waits_for_ever(site: SlowSite, being_made: None, get) -> None:
    with (
        patch.object(kept_answers, "LONGEST_WAIT", 0.05),
        patch.object(answers, "LONGEST_OUT_OF_DATE", 0),
    ):
        assert get("/fees/").content == b"new"
    assert not site.let_go.is_set()


def test_when_an_epoch_ended_is_known_for_a_second(epoch: HeardEpoch) -> None:
    first = epoch.current()
    assert epoch.seconds_since(first) is None
    epoch.move()
    since = epoch.seconds_since(first)
    assert since is not None and since < LONG
    with patch("core.caching.epoch.REMEMBERED", 0):
        epoch.move()
    assert epoch.seconds_since(first) is None


def test_withdrawn_page_is_gone_in_a_moment_while_many_read(demo_site: Site) -> None:
    """The commit is another connection's. What is read meanwhile may be the last page, and never an error."""
    withdrawn, home = "/therapies/dynamic-interpersonal-therapy/", "/"
    seen: list[tuple[str, float, int]] = []
    ended = threading.Event()
    heard = TimedEpoch()

    def read() -> None:
        client = Client()
        while not ended.is_set():
            for address in (withdrawn, home):
                asked = time.monotonic()
                status = client.get(address, headers={"host": "localhost"}).status_code
                seen.append((address, asked, status))
        connection.close()

    def withdraw() -> float:
        """Return when it began."""
        began = time.monotonic()
        TherapyPage.objects.get(slug="dynamic-interpersonal-therapy").unpublish()
        connection.close()
        return began

    def late(address: str) -> list[int]:
        since = heard.moved_at + answers.LONGEST_OUT_OF_DATE
        return [status for what, asked, status in seen if what == address and asked > since]

    with (
        override_settings(KEPT_ANSWERS_MEGABYTES=8),
        own_store(),
        patch.object(kept_answers, "content_epoch", heard),
        patch.multiple(content_memory, content_epoch=heard, _of_the_epoch={}, _records_of_the_epoch={}),
        ThreadPoolExecutor(max_workers=5) as threads,
    ):
        try:
            readers = [threads.submit(read) for _each in range(4)]
            wait_until(lambda: len(seen) > 100)
            began = threads.submit(withdraw).result()
            wait_until(lambda: heard.moved_at > began and len(late(withdrawn)) > 10)
        finally:
            ended.set()
        for reader in readers:
            reader.result()
        heard.stop()
    assert {status for address, _asked, status in seen if address == home} == {200}
    assert {status for _address, _asked, status in seen} == {200, 404}
    assert set(late(withdrawn)) == {404}


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 6 * LONG
    while not is_so():
        assert time.monotonic() < until, "It did not come true in time."
        time.sleep(0.01)
