"""Reports of errors to Sentry, or to what speaks as it does, where SENTRY_DSN names one.

A report is made of what is logged as an error, and holds where it happened: types, places and lines of code,
and the id of the request. Nothing is collected of requests, users, queries or variables, and what the library
adds all the same is left out: a report holds what is named here, and no more.
"""

from collections.abc import Mapping
from typing import Any, cast

import sentry_sdk
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration, ignore_logger
from sentry_sdk.transport import Transport
from sentry_sdk.types import Event, Hint

from core.logs import request_ids
from core.logs.json_lines import code_of

KEPT = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment", "sdk")
KEPT_OF_A_FRAME = (
    *("filename", "abs_path", "module", "function", "lineno", "in_app"),
    *("pre_context", "context_line", "post_context"),
)


def set_up(dsn: str, environment: str, transport: Transport | None = None) -> None:
    """Send reports from now on. Only what is named is switched on, so that a new release adds nothing."""
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        transport=transport,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            LoggingIntegration(level=None),
            ExcepthookIntegration(),
            DedupeIntegration(),
            AtexitIntegration(callback=lambda pending, timeout: None),
        ],
        before_send=only_what_may_leave,
        max_request_body_size="never",
        data_collection={
            "user_info": False,
            "http_bodies": [],
            "stack_frame_variables": False,
        },
        max_breadcrumbs=0,
        auto_session_tracking=False,
        propagate_traces=False,
        enable_metrics=False,
    )
    # Whoever tries host names is no error of ours.
    ignore_logger("django.security.DisallowedHost")


def only_what_may_leave(event: Event, hint: Hint) -> Event:
    """Return a report of what is named above. Of a message it holds the words without what was filled in."""
    given = cast(dict[str, Any], event)
    report = _picked(given, KEPT)
    report["tags"] = {"request_id": request_ids.current()}
    words = (given.get("logentry") or {}).get("message")
    raised = (given.get("exception") or {}).get("values", [])
    if raised:
        report["exception"] = {"values": [_exception(one) for one in raised]}
        _add_codes(report["exception"]["values"], hint)
    elif words:
        report["logentry"] = {"message": words}
    return cast(Event, report)


def _exception(raised: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out its message, which may quote a row, a form or an address."""
    mechanism = _picked(raised.get("mechanism") or {}, ("type", "handled", "exception_id", "parent_id"))
    frames = (raised.get("stacktrace") or {}).get("frames", [])
    return _picked(raised, ("type", "module")) | {
        "value": "",
        "mechanism": mechanism,
        "stacktrace": {"frames": [_picked(frame, KEPT_OF_A_FRAME) for frame in frames]},
    }


def _add_codes(exceptions: list[dict[str, Any]], hint: Hint) -> None:
    """The last is the one that was raised, and those before it caused it."""
    one = (hint.get("exc_info") or (None, None, None))[1]
    for reported in reversed(exceptions):
        if one is None:
            return
        reported["value"] = code_of(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _picked(given: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: given[name] for name in names if name in given}
