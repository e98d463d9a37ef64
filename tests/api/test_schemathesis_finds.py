"""Schemathesis finds an endpoint that trusts what it is sent, and nothing wrong with one that is checked."""

import pytest

from tests.api.fuzzing import described_api, few_examples, send
from tests.api.openings import (
    DroppingAPIView,
    FailingAPIView,
    TrustingAPIView,
    endpoint_of_the_readme,
    served,
)

pytestmark = pytest.mark.usefixtures("one_connection", "db")


def api_with(endpoint):
    with served(endpoint):
        return described_api().include(path="/openings/")


failing, dropping = api_with(FailingAPIView), api_with(DroppingAPIView)
trusting, of_the_readme = api_with(TrustingAPIView), api_with(endpoint_of_the_readme())


@failing.parametrize()
@few_examples
@pytest.mark.xfail(strict=True, reason="abc is an error of the server")
def test_an_endpoint_that_fails_is_found(case):
    with served(FailingAPIView):
        send(case)


@dropping.parametrize()
@few_examples
@pytest.mark.xfail(strict=True, reason="-1 drops a row")
def test_an_endpoint_that_drops_a_row_is_found(case):
    with served(DroppingAPIView):
        send(case)


@trusting.parametrize()
@few_examples
def test_an_endpoint_may_trust_a_declared_type(case):
    with served(TrustingAPIView):
        send(case)


@of_the_readme.parametrize()
@few_examples
def test_the_example_of_the_readme_is_safe(case):
    with served(endpoint_of_the_readme()):
        send(case)
