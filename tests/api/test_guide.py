"""What the guide for front-end developers shows is what the API does."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from config.api import api_router
from tests.factories.enquiries import make_matcher, make_offerable_therapist, stored_enquiry
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.matching import MatchingPageFactory
from tests.factories.therapies import (
    ConcernIndexPageFactory,
    ConcernPageFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.factories.therapists import TherapistIndexPageFactory
from therapists.enquiries.enums import State
from therapists.enquiries.services.consultations import propose
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.offers import accept, offer_to_next, release, set_shortlist
from therapists.enquiries.signed_links import Purpose, token
from therapists.matching.form import ticket

GUIDE = (Path(__file__).parents[2] / "docs/api.md").read_text()
USUAL_STATUS = {"POST /api/v2/enquiries/": 201}
#: What is asked for before an example, where that is needed for it.
BEFORE = {"/api/v2/enquiries/status/undo-withdrawal/": "/api/v2/enquiries/status/withdraw/"}


@dataclass
class Example:
    method: str
    address: str
    status: int
    headers: dict[str, str]
    body: str
    #: What the guide shows as the answer; empty where it shows none.
    answer: str

    def __str__(self):
        return f"{self.method} {self.address}"


def examples():
    """Several requests in one block have neither headers nor body."""
    for block, answer in re.findall(r"^```http\n(.*?)^```\n(?:\n```json\n(.*?)^```)?", GUIDE, re.M | re.S):
        head, _blank, body = block.partition("\n\n")
        headers = dict(re.findall(r"^([\w-]+): (.+)$", head, re.M))
        for method, address, status in re.findall(r"^([A-Z]+) (\S+)(?: → (\d+))?$", head, re.M):
            usual = USUAL_STATUS.get(f"{method} {address}", 200)
            yield Example(method, address, int(status or usual), headers, body, answer)


EXAMPLES = list(examples())


pytestmark = pytest.mark.usefixtures("search_index")


@pytest.fixture(scope="module")
def concern(module_database):
    home = make_site()
    InfoPageFactory(parent=home)
    therapies = TherapyIndexPageFactory(parent=home)
    TherapyPageFactory(parent=therapies, slug="interpersonal-therapy", abbreviation="IPT")
    TherapyPageFactory(parent=therapies, slug="dynamic-interpersonal-therapy", abbreviation="DIT")
    MatchingPageFactory(parent=home)
    return ConcernPageFactory(parent=ConcernIndexPageFactory(parent=home), slug="depression")


@pytest.fixture(scope="module")
def introduced(concern):
    """An enquiry whose therapist has proposed a time."""
    directory, matcher = TherapistIndexPageFactory(parent=concern.get_site().root_page), make_matcher()
    therapist = make_offerable_therapist(directory, "Sample Person")
    enquiry = stored_enquiry(concern.pk)
    move(enquiry.pk, State.REVIEW, by=matcher)
    set_shortlist(enquiry.pk, [therapist], by=matcher, reason="They fit.")
    accept(offer_to_next(enquiry.pk, by=matcher).pk)
    release(enquiry.pk, by=matcher)
    propose(enquiry.pk, [timezone.now() + timedelta(days=3)])
    return enquiry


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_each_example_works(client, introduced, db, example, monkeypatch):
    monkeypatch.setattr(ticket, "LEAST_AGE", timedelta(0))
    form = client.get("/api/v2/matching/").json()
    written = {
        "<ticket>": form["ticket"],
        "<consent version>": form["consent"]["version"],
        "<token>": token(Purpose.STATUS, introduced.pk),
        "<id of a time>": str(introduced.consultations.get().pk),
    }
    body, headers = example.body, dict(example.headers)
    for place, value in written.items():
        body = body.replace(place, value)
        headers = {name: words.replace(place, value) for name, words in headers.items()}

    content_type = headers.pop("Content-Type", "")
    if before := BEFORE.get(example.address):
        client.post(before, content_type="application/json", headers=headers)
    response = client.generic(example.method, example.address, body, content_type, headers=headers)

    assert response.status_code == example.status, response.content
    if example.answer:
        assert set(json.loads(example.answer)) == set(response.json())


def test_the_guide_names_every_endpoint():
    unnamed = [name for name in api_router._endpoints if f"`{name}/" not in GUIDE]
    assert unnamed == [], "Name it in the table “Endpoints” of docs/api.md"


def test_there_are_examples():
    methods = [example.method for example in EXAMPLES]

    assert methods.count("GET") > 14
    assert methods.count("POST") == 8
    assert sum(bool(example.answer) for example in EXAMPLES) == 3
    assert len(re.findall(r"^(?:GET|POST|DELETE) ", GUIDE, re.M)) == len(EXAMPLES)
