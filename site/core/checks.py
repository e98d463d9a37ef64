"""System checks of what a deployment configures: `manage.py check --deploy` tries each service."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from core import deployment_probes as probes
from core.health import cache_answers


@register(Tags.caches, deploy=True)
def shared_cache_answers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Limits on how often someone may ask are counted in the cache: without it, pages fail."""
    if cache_answers():
        return []
    return [
        Error(
            "The cache that CACHE_URL names does not answer.",
            hint="dbcache:// needs `manage.py createcachetable` first; rediscache:// a host and port.",
            id="core.E001",
        )
    ]


@register("services", deploy=True)
def database_answers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    failure = probes.database_failure()
    if failure is None:
        return []
    return [Error(f"The database that DATABASE_URL names does not answer: {failure}", id="core.E003")]


@register("services", deploy=True)
def mail_server_answers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    failure = probes.mail_failure()
    if failure is None:
        return []
    hint = "EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS, EMAIL_HOST_USER and EMAIL_HOST_PASSWORD lead to it."
    return [Error(f"The mail server does not take our mail: {failure}", hint=hint, id="core.E004")]


@register(Tags.files, deploy=True)
def storages_can_be_written_to(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    aliases = ["default", "erasures", *(["renditions"] if settings.MEDIA_BUCKET else [])]
    failures = {alias: failure for alias in aliases if (failure := probes.storage_failure(alias))}
    hint = "MEDIA_BUCKET and its like, or MEDIA_ROOT and BACKUP_ROOT, say where it is."
    return [
        Error(f"The storage “{alias}” cannot be used: {failure}", hint=hint, id="core.E005")
        for alias, failure in failures.items()
    ]


@register(Tags.files, deploy=True)
def originals_are_private(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    try:
        address = probes.open_address_of_originals()
    except Exception:  # noqa: BLE001 - what is wrong with the storage, the check before this one says
        return []
    if address is None:
        return []
    hint = "Let anonymous readers have `media/images/` of the bucket, and nothing else."
    return [Error(f"Anyone may fetch originals and documents: {address}", hint=hint, id="core.E006")]


@register("services", deploy=True)
def backups_can_be_made(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    failure = probes.backup_failure()
    return [] if failure is None else [Warning(f"No backup can be made: {failure}", id="core.W002")]
