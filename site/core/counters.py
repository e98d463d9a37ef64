"""What each process counts of the requests that it answers, for Prometheus.

Several processes share a folder where PROMETHEUS_MULTIPROC_DIR names one, and a scrape of any of them tells
of all. No label holds an address, a query or anything that a visitor chose.
"""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

_OWN = CollectorRegistry()

requests_answered = Counter(
    "practice_requests",
    "Requests answered. No view: an answer from memory, a static file, or an address that leads nowhere.",
    ["view", "method", "status"],
    registry=_OWN,
)
request_seconds = Histogram(
    "practice_request_duration_seconds",
    "How long an answer took inside the site.",
    ["view"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
    registry=_OWN,
)
kept_answers = Counter(
    "practice_kept_answers",
    "Answers that memory may hold, by whether one was given from there (hit), one that is out of date "
    "since a moment (last), or one was made (miss).",
    ["outcome"],
    registry=_OWN,
)


def count_request(view: str, method: str, status: int, seconds: float) -> None:
    requests_answered.labels(view, method, status).inc()
    request_seconds.labels(view).observe(seconds)


def of_all_processes() -> CollectorRegistry:
    """Return a registry that tells what was counted here, or by all processes that share a folder."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return _OWN
    shared = CollectorRegistry()
    MultiProcessCollector(shared)
    return shared
