"""Whatever is asked of the API, the answer is one that its description names. Asked by schemathesis."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from rest_framework.utils.encoders import JSONEncoder
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from core.content_api.description.openapi import document

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

pytestmark = pytest.mark.usefixtures("demo_site", "db", "one_connection")


@pytest.fixture
def one_connection():
    """As Django's own test client does: a request must not close the connection that the test rolls back."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


# What it calls coverage, every bound of every parameter, takes minutes and finds no more here.
config = SchemathesisConfig.from_dict({"phases": {"coverage": {"enabled": False}}})
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document(), cls=JSONEncoder)), config=config)
schema.app = get_wsgi_application()


@schema.parametrize()
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_asked(case):
    # Answers are compressed for whoever accepts that, and nobody stands in between here to unpack them.
    case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})
