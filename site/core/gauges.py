"""What stands in the database and on the disk at the moment of a scrape, for Prometheus."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, F, Max, Min
from django.db.models.functions import Coalesce
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinateWorker
from procrastinate.jobs import Status
from prometheus_client import Metric
from prometheus_client.metrics_core import GaugeMetricFamily

from core.background_jobs import DEAD_WHEN_SILENT_FOR
from core.backups.freshness import backup_age, backup_is_late
from core.health import cache_answers, free_parts, publishing_is_late
from core.reviews.debt import review_debt


def gauge(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(name, said, value=value)


def gauge_by(name: str, said: str, label: str, values: dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, said, labels=[label])
    for which, value in values.items():
        family.add_metric([which], value)
    return family


def seconds_since(moment: datetime | None) -> float:
    """Return 0 where there is no such moment."""
    return max((timezone.now() - moment).total_seconds(), 0) if moment else 0


def queues() -> Iterator[Metric]:
    names = {task.queue for task in app.tasks.values() if not task.name.startswith("builtin:")}
    jobs = ProcrastinateJob.objects.order_by().values_list("queue_name", "status").annotate(Count("pk"))
    # None of a kind is a number too: an alert on the first that fails compares with it.
    counts = {(queue, status.value): 0 for queue in sorted(names) for status in Status}
    counts |= {(queue, status): count for queue, status, count in jobs}
    counted = GaugeMetricFamily("practice_jobs", "Jobs by queue and status.", labels=["queue", "status"])
    for labels, count in counts.items():
        counted.add_metric(list(labels), count)
    yield counted
    due = ProcrastinateEvent.objects.filter(type="deferred", job__status="todo").annotate(
        due=Coalesce(F("job__scheduled_at"), F("at"))
    )
    waiting = due.filter(due__lte=timezone.now()).order_by().values_list("job__queue_name")
    oldest = dict(waiting.annotate(Min("due")))
    ages = {queue: seconds_since(oldest.get(queue)) for queue in sorted(names | set(oldest))}
    said = "How long the oldest job of a queue has been due."
    yield gauge_by("practice_queue_age_seconds", said, "queue", ages)


def workers() -> Iterator[Metric]:
    alive = timezone.now() - DEAD_WHEN_SILENT_FOR
    seen = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))
    living = ProcrastinateWorker.objects.filter(last_heartbeat__gte=alive).count()
    yield gauge("practice_workers", "Workers that gave a sign of life within a minute.", living)
    if seen["last"]:
        said = "Since the last sign of life of any worker, an idle one included."
        yield gauge("practice_worker_heartbeat_age_seconds", said, seconds_since(seen["last"]))


def publishing() -> Iterator[Metric]:
    said = "Whether a page that was given a time is not live (1) or all are (0)."
    yield gauge("practice_publishing_late", said, publishing_is_late())


def reviews() -> Iterator[Metric]:
    said = "Live pages whose clinical review is overdue."
    yield gauge("practice_reviews_overdue", said, review_debt(timezone.localdate()).count())


def shared_cache() -> Iterator[Metric]:
    yield gauge("practice_cache_up", "Whether the cache that CACHE_URL names answers.", cache_answers())


def backups() -> Iterator[Metric]:
    said = "Whether backups are made here and the newest good one is too old or missing (1), or not (0)."
    yield gauge("practice_backup_late", said, backup_is_late())
    age = backup_age()
    if age is not None:
        said = "Since the newest backup was made that was read back and found right."
        yield gauge("practice_backup_age_seconds", said, age.total_seconds())


def disk() -> Iterator[Metric]:
    said = "The part that is free of the disk with such a folder, between 0 and 1."
    yield gauge_by("practice_disk_free_ratio", said, "folder", free_parts())
