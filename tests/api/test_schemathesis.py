"""Whatever is sent to the API, the answer is one that its description names. Sent by schemathesis."""

import pytest

from tests.api.fuzzing import described_api, few_examples, send

pytestmark = pytest.mark.usefixtures("demo_site", "db", "epoch", "one_connection")

api = described_api()


@api.parametrize()
@few_examples
def test_whatever_is_sent(case):
    send(case)
