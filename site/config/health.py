"""Endpoints for monitoring: `/healthz`, whether the process is alive, and `/readyz`, whether it can work."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.background_jobs import jobs_are_late, no_worker_lives
from core.health import a_disk_is_nearly_full, cache_answers, publishing_is_late
from core.webhooks.health import deliveries_are_late
from therapists.enquiries.health import (
    enquiries_stay_late,
    erasures_are_not_noted,
    mail_is_late,
    mail_is_refused,
    purge_is_late,
)
from therapists.matching.health import enquiries_reach_nobody


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 without a query, so that trouble with the database does not restart the web server."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200, or 503 with the checks that failed. Names no host, number or person.

    Anybody may ask: how many, and for how long, stands in `/metrics`.
    """
    parts = {name: _outcome(check) for name, check in CHECKS.items()}
    is_ready = all(outcome == "ok" for outcome in parts.values())
    status = "ok" if is_ready else "unavailable"
    return JsonResponse({"status": status, "checks": parts}, status=200 if is_ready else 503)


def _outcome(check: Callable[[], str]) -> str:
    try:
        return check()
    except DatabaseError:
        return "unreachable"


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def migrations() -> str:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "pending" if pending else "ok"


def shared_cache() -> str:
    return "ok" if cache_answers() else "unreachable"


def workers() -> str:
    return "missing" if no_worker_lives() else "ok"


def queue() -> str:
    return "late" if jobs_are_late() else "ok"


def mail() -> str:
    if mail_is_refused():
        return "failing"
    return "late" if mail_is_late() else "ok"


def enquiries() -> str:
    if enquiries_reach_nobody():
        return "reach nobody"
    return "late" if enquiries_stay_late() else "ok"


def webhooks() -> str:
    return "late" if deliveries_are_late() else "ok"


def publishing() -> str:
    return "late" if publishing_is_late() else "ok"


def purge() -> str:
    return "late" if purge_is_late() else "ok"


def erasures() -> str:
    return "failing" if erasures_are_not_noted() else "ok"


def disk() -> str:
    return "nearly full" if a_disk_is_nearly_full() else "ok"


CHECKS = {
    "database": database,
    "migrations": migrations,
    "cache": shared_cache,
    "workers": workers,
    "queue": queue,
    "mail": mail,
    "enquiries": enquiries,
    "webhooks": webhooks,
    "publishing": publishing,
    "purge": purge,
    "erasures": erasures,
    "disk": disk,
}
