"""Whether enquiries would reach somebody, for Prometheus."""

from collections.abc import Iterator

from prometheus_client import Metric

from core.gauges import gauge
from therapists.matching.health import enquiries_reach_nobody


def reach() -> Iterator[Metric]:
    said = "Whether visitors are invited to send what would reach nobody (1), or not (0)."
    yield gauge("practice_enquiries_reach_nobody", said, enquiries_reach_nobody())
