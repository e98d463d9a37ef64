import pytest
from wagtail.models import Site

from tests.demo.reader import Reader
from tests.epochs import KnownEpoch


@pytest.fixture(scope="session")
def shared_answers() -> Reader:
    return Reader()


@pytest.fixture
def reader(demo_site: Site, db: None, epoch: KnownEpoch, shared_answers: Reader) -> Reader:
    """For tests that read the demo and change nothing: what one of them has read, the others share.

    Answers share the content that they are made of, as in production.
    """
    return shared_answers
