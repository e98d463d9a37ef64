"""Which answers are given before Django hears of the request, and which requests are passed on to it."""

from collections.abc import Iterable, Iterator
from unittest.mock import patch
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from django.test import RequestFactory

from core.caching import wsgi_middleware
from core.caching.answers import AnswerStore, KeptAnswer
from core.caching.wsgi_middleware import KeptAnswersWSGIMiddleware, address_of
from core.counters import of_all_processes
from tests.wsgi import own_store, wsgi_answer

HEADERS = {"Content-Type": "text/html", "ETag": '"one"'}


class Django:
    """Answers whatever is passed on to it."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [b"made by Django"]


class HeardEpoch:
    def __init__(self, number: int | None) -> None:
        self.number = number

    def current(self) -> int | None:
        return self.number


@pytest.fixture
def store(settings, rf: RequestFactory) -> Iterator[AnswerStore]:
    settings.KEPT_ANSWERS_MEGABYTES = 1
    with own_store() as store, patch.object(wsgi_middleware, "content_epoch", HeardEpoch(1)):
        keep(store, rf, "/fees/")
        yield store


def keep(store: AnswerStore, rf: RequestFactory, address: str, varies_by: tuple[str, ...] = ()) -> None:
    environ = rf.get(address, headers={"host": "localhost"}).environ
    store.put(address_of(environ), environ, KeptAnswer(1, FOREVER, HEADERS, b"kept", varies_by))


#: When an answer was made that no test waits for the end of, in seconds.
FOREVER = float("inf")


def body(address: str, **request: str) -> bytes:
    _status, _headers, content = wsgi_answer(KeptAnswersWSGIMiddleware(Django()), address, **request)
    return content


def test_a_kept_answer_is_given_whole_with_an_id_of_its_own(store: AnswerStore) -> None:
    application = KeptAnswersWSGIMiddleware(Django())
    (status, headers, content), (_status, again, _content) = (
        wsgi_answer(application, "/fees/") for _each in range(2)
    )
    assert (status, content) == ("200 OK", b"kept")
    assert headers.pop("X-Request-ID") != again["X-Request-ID"]
    assert headers == HEADERS


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "POST"},
        {"method": "HEAD"},
        {"cookie": "csrftoken=x; sessionid=x"},
        {"cookie": "csrftoken=x; sessionid =x"},  # which Django reads as well
        {"authorization": "Bearer x"},
        {"range": "bytes=0-1"},
        {"if-none-match": '"one"'},
        {"if-modified-since": "Sun, 29 Nov 2026 06:00:00 GMT"},
        {"host": "elsewhere.test"},
        {"x-forwarded-proto": "https"},
    ],
    ids=lambda request: " ".join(request),
)
def test_whatever_asks_for_more_is_passed_on(store: AnswerStore, request_: dict[str, str]) -> None:
    assert body("/fees/", cookie="csrftoken=x") == b"kept"
    assert body("/fees/", **request_) == b"made by Django"


def test_another_address_is_passed_on(store: AnswerStore) -> None:
    assert body("/fees") == body("/fees/?page=2") == body("/Fees/") == b"made by Django"


def test_a_path_beyond_ascii_is_passed_on(store: AnswerStore, rf: RequestFactory) -> None:
    """Django writes such a path anew into the environment, so that it would be kept at another address."""
    keep(store, rf, "/therapists/siân/")
    assert body("/therapists/siân/") == b"made by Django"


def test_a_server_may_leave_out_a_path_that_is_empty(store: AnswerStore, rf: RequestFactory) -> None:
    environ = rf.get("/").environ
    del environ["PATH_INFO"]
    assert KeptAnswersWSGIMiddleware(Django())(environ, lambda *_started: None) == [b"made by Django"]


@pytest.mark.parametrize("epoch", [2, None], ids=["changed since", "nothing heard of changes"])
def test_out_of_date_is_never_given(store: AnswerStore, epoch: int | None) -> None:
    with patch.object(wsgi_middleware, "content_epoch", HeardEpoch(epoch)):
        assert body("/fees/") == b"made by Django"


def test_it_is_counted_as_a_request_from_memory(store: AnswerStore, settings) -> None:
    settings.METRICS_TOKEN = "a token of this test"
    samples = [
        ("practice_kept_answers_total", {"outcome": "hit"}),
        ("practice_requests_total", {"view": "", "method": "GET", "status": "200"}),
    ]

    def counted() -> list[float]:
        return [of_all_processes().get_sample_value(name, labels) or 0 for name, labels in samples]

    before = counted()
    body("/fees/")
    assert [after - earlier for after, earlier in zip(counted(), before, strict=True)] == [1, 1]


@pytest.mark.parametrize(("proxies", "believed"), [(1, True), (0, False)])
def test_the_id_is_believed_behind_a_proxy_of_ours_alone(
    store: AnswerStore, settings, proxies: int, believed: bool
) -> None:
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": proxies}
    given = "0123456789abcdef0123456789abcdef"
    application = KeptAnswersWSGIMiddleware(Django())
    _status, headers, _content = wsgi_answer(application, "/fees/", **{"x-request-id": given})
    assert (headers["X-Request-ID"] == given) is believed
