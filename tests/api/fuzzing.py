"""How schemathesis asks the API, and what it holds answers to."""

import json
from typing import Any

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from rest_framework.utils.encoders import JSONEncoder
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from core.content_api.description.openapi import document

#: The coverage phase sends each parameter wrongly in every way: just beyond a bound, of another type, left
#: out, sent twice. One method that is not there is enough for each path.
COVERAGE = {
    "generation": {"mode": "negative"},
    "generate-duplicate-query-parameters": True,
    "unexpected-methods": ["put"],
}
#: Besides, so many cases are drawn at random for each operation, right ones and wrong ones.
few_examples = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def wrong_parameters_are_refused(ctx: Any, response: Any, case: Any) -> bool | None:
    """Not so bodies, which are read as forms are: a number is as good as its text. Nor empty filters."""
    if case.method == "POST" or "" in (case.query or {}).values():
        return None
    return negative_data_rejection(ctx, response, case)


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    wrong_parameters_are_refused,
    response_headers_conformance,
    response_schema_conformance,
]


def described_api() -> Any:
    """The API that is served now, as its description says it is."""
    described = json.loads(json.dumps(document(), cls=JSONEncoder))
    config = SchemathesisConfig.from_dict({"phases": {"coverage": COVERAGE}})
    schema = schemathesis.openapi.from_dict(described, config=config)
    schema.app = get_wsgi_application()
    return schema


def send(case: Any) -> None:
    """Send one case. Raise an error unless the answer is as described."""
    # Answers are compressed for whoever accepts that, and nothing here unpacks them.
    case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})
