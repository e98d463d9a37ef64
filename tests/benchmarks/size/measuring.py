"""What a size costs: response times in one process, after a change of content and afterwards."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median, quantiles
from unittest.mock import patch

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.caching import content_memory
from tests.epochs import KnownEpoch

ROUNDS = 21
ADDRESSES = {
    "directory": "/therapists/",
    "directory, three filters": "/therapists/?format=video&gender=woman&concern=depression",
    "therapy": "/therapies/interpersonal-therapy/",
    "concern": "/concerns/depression/",
    "search": "/search/?query=sleep",
    "search, a typo": "/search/?query=depresion+anxeity",
    "suggestions while typing": "/search/suggestions/?query=dep",
    "suggestions, a typo": "/search/suggestions/?query=depresion",
    "API, 20 therapists": "/api/v2/therapists/?fields=*&limit=20",
    "API, paths": "/api/v2/paths/",
    "sitemap": "/sitemap.xml",
}
MATCHING = "/api/v2/matching/suggestions/"
ANSWERS = {
    "adult": "yes",
    "needs_help_today": "no",
    "main_concern": "other",
    "formats": ["video", "phone"],
    "client_group": "individual",
}

#: The last page of the form before the therapists, and those that lead to it.
FORM = "/find-a-therapist/"
BEFORE_THE_LAST = (
    {"step": "before", "adult": "yes", "needs_help_today": "no"},
    {"step": "concerns", "main_concern": "other"},
    {"step": "who", "client_group": "individual"},
)
LAST = {"step": "how", "formats": ["video", "phone"]}


def measured() -> Iterator[str]:
    """Yield a line for each kind of answer: the first after a change, then others, and the processor time."""
    yield f"{'milliseconds':28}{'first':>8}{'median':>8}{'p95':>8}{'cpu':>8}{'queries':>9}"
    client = Client(headers={"host": "localhost"})
    epoch = KnownEpoch()
    with patch.object(content_memory, "content_epoch", epoch):
        for name, address in ADDRESSES.items():
            yield _line(name, partial(client.get, address), epoch)
        yield _line(
            "matching", lambda: client.post(MATCHING, ANSWERS, content_type="application/json"), epoch
        )
        for answers in BEFORE_THE_LAST:
            client.post(FORM, answers)
        yield _line("form, post to shortlist", lambda: client.post(FORM, LAST, follow=True), epoch)


def _line(name: str, ask: Callable, epoch: KnownEpoch) -> str:
    ask()
    epoch.number += 1
    first, began = _timed(ask), time.process_time()
    times = [_timed(ask) for _ in range(ROUNDS)]
    cpu = (time.process_time() - began) / ROUNDS * 1000
    with CaptureQueriesContext(connection) as queries:
        ask()
    slowest = quantiles(times, n=20)[-1]
    return f"{name:28}{first:8.0f}{median(times):8.0f}{slowest:8.0f}{cpu:8.0f}{len(queries):9}"


def _timed(ask: Callable) -> float:
    started = time.perf_counter()
    response = ask()
    assert response.status_code == 200, response.content
    return (time.perf_counter() - started) * 1000
