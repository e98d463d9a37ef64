"""System checks of what a deployment configures: `manage.py check --deploy` tries each service."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

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
