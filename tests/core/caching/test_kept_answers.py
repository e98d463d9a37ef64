"""Kept answers are what a fresh rendering gives, within a second of each commit and in every process."""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from wsgiref.types import WSGIApplication

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from core.caching import answers, content_memory, wsgi_middleware
from core.caching.answers import AnswerStore, KeptAnswer
from core.caching.content_triggers import content_tables
from core.caching.epoch import ContentEpoch
from core.caching.wsgi_middleware import KeptAnswersWSGIMiddleware, may_be_shared
from core.middleware import kept_answers
from home.models import CrisisHelp, PracticeSettings
from tests.wsgi import own_store, wsgi_answer
from therapies.models import ComparisonDimension, TherapyPage
from therapists.models import Availability, TherapistPage

ADDRESSES = [
    "/",
    "/therapies/",
    "/therapies/interpersonal-therapy/",
    "/therapies/compare/dit-vs-ipt/",
    "/concerns/depression/",
    "/therapists/",
    "/therapists/amara-okafor/",
    "/fees/",
    "/api/v2/therapies/?fields=*",
    "/api/v2/therapists/?limit=5",
    "/api/v2/therapists/?search=depression",
    "/api/v2/site/",
    "/api/v2/comparisons/dit-vs-ipt/",
]
#: In seconds, from a commit to the moment when every process has heard of it.
FRESH_WITHIN = 1
#: In seconds: none of these tests waits so long.
LONG = 60


class Process:
    """What one server process has of its own: its memory of answers and content, and its ear for changes."""

    def __init__(self) -> None:
        self.epoch = ContentEpoch()
        self.memory: dict[str, dict[object, object]] = {"_of_the_epoch": {}, "_records_of_the_epoch": {}}
        with own_store():
            self.application = KeptAnswersWSGIMiddleware(WSGIHandler())
            self.store = kept_answers.kept_by_this_process()

    def get(self, address: str) -> bytes:
        """Return what is given to whoever asks when no last page may be given any more."""
        with (
            patch.object(answers, "LONGEST_OUT_OF_DATE", 0),
            patch.object(kept_answers, "LONGEST_WAIT", LONG),
            patch.object(kept_answers, "content_epoch", self.epoch),
            patch.multiple(
                wsgi_middleware, content_epoch=self.epoch, kept_by_this_process=lambda: self.store
            ),
            patch.multiple(content_memory, content_epoch=self.epoch, **self.memory),
        ):
            return comparable(self.application, address)


def comparable(application: WSGIApplication, address: str) -> bytes:
    """Return all that is answered but the id of the request."""
    status, headers, body = wsgi_answer(application, address)
    if not status.startswith("200"):
        return status.encode()
    told = "".join(f"{name}: {value}\n" for name, value in sorted(headers.items()) if name != "X-Request-ID")
    return f"{status}\n{told}\n".encode() + body


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    """A thread whose changes are committed, unlike those of a test."""
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor
        executor.submit(lambda: connection.close()).result()


@pytest.fixture
def processes() -> Iterator[list[Process]]:
    with override_settings(KEPT_ANSWERS_MEGABYTES=8):
        both = [Process(), Process()]
        yield both
        for process in both:
            process.epoch.stop()


def wait_until(is_so: Callable[[], bool], seconds: float = FRESH_WITHIN) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "It did not come true in time."
        time.sleep(0.005)


def listen(process: Process) -> None:
    process.epoch.current()
    wait_until(lambda: process.epoch.current() is not None, seconds=5)


def test_second_answer_asks_the_database_nothing(demo_site: Site, processes: list[Process]) -> None:
    process = processes[0]
    listen(process)
    for address in ADDRESSES:
        process.get(address)  # may make pictures, which is a change
        listen(process)
    time.sleep(0.1)
    for address in ADDRESSES:
        first = process.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert process.get(address) == first
        assert not queries.captured_queries, address


def test_who_has_a_session_or_a_token_is_given_nothing_kept(rf: RequestFactory) -> None:
    assert may_be_shared(rf.get("/").environ)
    assert not may_be_shared(rf.post("/").environ)
    assert not may_be_shared(rf.get("/", headers={"authorization": "Bearer x"}).environ)
    rf.cookies["sessionid"] = "x"
    assert not may_be_shared(rf.get("/").environ)


@pytest.mark.parametrize(
    "address",
    ["/find-a-therapist/", "/search/?query=sleep", "/therapists/?format=video", "/admin/login/", "/readyz"],
)
def test_steps_searches_and_choices_are_not_kept(demo_site: Site, address: str) -> None:
    response = Client().get(address, headers={"host": "localhost"})
    assert not kept_answers.may_be_kept(response)


def test_nothing_is_kept_while_no_one_listens(demo_site: Site, elsewhere, processes: list[Process]) -> None:
    process = processes[0]
    listen(process)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND (query LIKE 'LISTEN%%' OR query = 'SELECT 1')"
        )
    wait_until(lambda: process.epoch.current() is None, seconds=3)
    assert process.get("/") == process.get("/")
    wait_until(lambda: process.epoch.current() is not None, seconds=5)


def test_a_change_says_which_table_it_was_in(demo_site: Site, elsewhere, processes: list[Process]) -> None:
    epoch = processes[0].epoch
    listen(processes[0])
    began = epoch.current()
    assert epoch.last_change(["wagtailcore_page"]) == began, "what happened before it listened is unknown"
    elsewhere.submit(lambda: Site.objects.update(site_name="Another name")).result()
    wait_until(lambda: epoch.current() > began)
    assert epoch.last_change(["wagtailcore_page"]) == began
    assert epoch.last_change(["wagtailcore_page", "wagtailcore_site"]) > began


def test_every_content_table_has_its_trigger(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname = 'notify_public_content'"
        )
        assert {name for (name,) in cursor.fetchall()} == content_tables()
    assert {"wagtailcore_page", "home_practicesettings", "wagtailredirects_redirect"} <= content_tables()
    assert not {"django_session", "auth_user", "enquiries_note", "procrastinate_jobs"} & content_tables()


def answer(body: bytes = b"x" * 100, epoch: int = 1, made_at: float | None = None) -> KeptAnswer:
    made_at = time.monotonic() if made_at is None else made_at
    return KeptAnswer(epoch, made_at, {}, body, ("HTTP_ACCEPT_ENCODING",))


def test_answer_is_valid_in_its_epoch_and_for_a_minute() -> None:
    assert answer(epoch=3).is_valid(3)
    assert not answer(epoch=3).is_valid(4)
    assert not answer(epoch=3, made_at=time.monotonic() - 61).is_valid(3)


def test_no_answer_outlives_the_day_that_it_speaks_of(rf: RequestFactory) -> None:
    """At midnight in the UK: what a page says of time is counted from today."""
    store, summer_night = AnswerStore(most_bytes=10_000), datetime(2026, 7, 1, 22, 59, 50, tzinfo=UTC)
    with patch("django.utils.timezone.now", return_value=summer_night):
        store.put("/", rf.get("/").environ, answer())
        assert store.get("/", rf.get("/").environ, 1) is not None
    with patch("django.utils.timezone.now", return_value=summer_night + timedelta(seconds=10)):
        assert store.get("/", rf.get("/").environ, 1) is None


def test_memory_is_bounded_and_the_oldest_goes_first(rf: RequestFactory) -> None:
    store = AnswerStore(most_bytes=10_000)
    request = rf.get("/").environ
    for number in range(20):
        store.put(number, request, answer())
    assert store.get(0, request, 1) is None
    assert store.get(19, request, 1) is not None
    store.put("large", request, answer(b"x" * 20_000))
    assert store.get("large", request, 1) is None


def test_compressed_and_plain_answers_are_kept_apart(rf: RequestFactory) -> None:
    store = AnswerStore(most_bytes=10_000)
    plain = rf.get("/").environ
    compressed = rf.get("/", headers={"accept-encoding": "br, gzip"}).environ
    store.put("/", plain, answer(b"plain"))
    assert store.get("/", compressed, 1) is None
    store.put("/", compressed, answer(b"compressed"))
    kept = [store.get("/", request, 1) for request in (plain, compressed)]
    assert [one.body for one in kept if one] == [b"plain", b"compressed"]


def test_reader_who_has_it_is_told_so(rf: RequestFactory) -> None:
    kept = KeptAnswer(1, time.monotonic(), {"ETag": 'W/"1"', "Content-Type": "text/html"}, b"words", ())
    given = kept_answers.answer_from(kept, rf.get("/", headers={"if-none-match": 'W/"1"'}))
    assert (given.status_code, given.content, given["ETag"]) == (304, b"", 'W/"1"')


def test_random_edits_never_leave_an_old_answer(demo_site: Site, elsewhere, processes: list[Process]) -> None:
    for process in processes:
        listen(process)
    chance = random.Random(20261127)
    seen = set()
    for _round in range(14):
        before = [process.epoch.current() for process in processes]
        edit = chance.choice(EDITS)
        elsewhere.submit(edit, chance).result()
        wait_until(lambda b=before: all(p.epoch.current() != e for p, e in zip(processes, b, strict=True)))
        for address in chance.sample(ADDRESSES, 4):
            fresh = elsewhere.submit(fresh_answer, address).result()
            seen.add(fresh)
            for process in processes:
                for _again in range(2):
                    assert elsewhere.submit(process.get, address).result() == fresh, (edit.__name__, address)
    assert len(seen) > len(ADDRESSES)  # the edits were seen at all


def fresh_answer(address: str) -> bytes:
    with override_settings(KEPT_ANSWERS_MEGABYTES=0):
        return comparable(WSGIHandler(), address)


def rename_the_practice(chance: random.Random) -> None:
    practice = PracticeSettings.objects.get()
    practice.practice_name = f"Practice {chance.random()}"
    practice.save()


def update_in_bulk(chance: random.Random) -> None:
    TherapyPage.objects.update(summary=f"Summary {chance.random()}")


def update_in_sql(chance: random.Random) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE therapies_dimensionvalue SET detail = %s", [f"Value {chance.random()}"])


def publish(chance: random.Random) -> None:
    therapy = TherapyPage.objects.get(slug="interpersonal-therapy")
    therapy.title = f"Interpersonal therapy {chance.random()}"
    therapy.save_revision().publish()


def unpublish_or_publish(chance: random.Random) -> None:
    page = TherapyPage.objects.get(slug="dynamic-interpersonal-therapy")
    page.unpublish() if page.live else page.get_latest_revision().publish()


def restrict_or_open(chance: random.Random) -> None:
    page = Page.objects.get(slug="depression")
    if not PageViewRestriction.objects.filter(page=page).delete()[0]:
        PageViewRestriction.objects.create(page=page, restriction_type="login")


def pause_a_diary(chance: random.Random) -> None:
    diary = Availability.objects.get(therapist__slug="amara-okafor")
    diary.paused_until = timezone.localdate() + timedelta(days=chance.randint(1, 90))
    diary.save()


def delete_and_make_a_therapist(chance: random.Random) -> None:
    TherapistPage.objects.live().exclude(slug="amara-okafor").order_by("?").first().unpublish()


def change_help_lines(chance: random.Random) -> None:
    CrisisHelp.objects.update(heading=f"Help {chance.random()}")


def change_a_question(chance: random.Random) -> None:
    dimension = ComparisonDimension.objects.first()
    dimension.question = f"What about {chance.random()}?"
    dimension.save()


EDITS = [
    rename_the_practice,
    update_in_bulk,
    update_in_sql,
    publish,
    unpublish_or_publish,
    restrict_or_open,
    pause_a_diary,
    delete_and_make_a_therapist,
    change_help_lines,
    change_a_question,
]
