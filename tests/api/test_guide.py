"""What the guide for front-end developers shows is what the API does."""

import re
from pathlib import Path

import pytest

from config.api import api_router
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.therapies import (
    ConcernIndexPageFactory,
    ConcernPageFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.factories.therapists import TherapistIndexPageFactory, TherapistPageFactory

GUIDE = (Path(__file__).parents[2] / "docs/api.md").read_text()
EXAMPLES = re.findall(r"^GET (\S+)(?: → (\d+))?$", GUIDE, re.MULTILINE)


@pytest.fixture
def practice(db):
    home = make_site()
    InfoPageFactory(parent=home)
    therapies = TherapyIndexPageFactory(parent=home)
    TherapyPageFactory(parent=therapies, slug="interpersonal-therapy", abbreviation="IPT")
    TherapyPageFactory(parent=therapies, slug="dynamic-interpersonal-therapy", abbreviation="DIT")
    ConcernPageFactory(parent=ConcernIndexPageFactory(parent=home), slug="depression")
    TherapistPageFactory(parent=TherapistIndexPageFactory(parent=home))


@pytest.mark.parametrize(("address", "status"), EXAMPLES)
def test_each_example_works(client, practice, address, status):
    assert client.get(address).status_code == int(status or 200)


def test_the_guide_names_every_endpoint():
    assert [name for name in api_router._endpoints if f"`{name}/" not in GUIDE] == []


def test_there_are_examples():
    assert len(EXAMPLES) > 12
