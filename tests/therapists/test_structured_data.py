"""The structured data of a therapist for search engines."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.home import make_site
from tests.factories.therapies import ConcernPageFactory, TherapyPageFactory
from tests.factories.therapists import (
    RegistrationFactory,
    TherapistConcernFactory,
    TherapistIndexPageFactory,
    TherapistPageFactory,
    TherapistTherapyFactory,
)
from tests.structured_data import graph_in, of_type, problems
from therapists.enums import ConcernLevel
from therapists.models import TherapistIndexPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory() -> TherapistIndexPage:
    return TherapistIndexPageFactory(parent=make_site())


def told(client: Client) -> dict[str, Any]:
    graph = graph_in(client.get("/therapists/somebody/").content.decode())
    assert problems(graph) == []
    return of_type(graph, "ProfilePage")["mainEntity"]


def test_profile_tells_who_vouches_for_a_therapist(client: Client, directory: TherapistIndexPage) -> None:
    therapist = TherapistPageFactory(
        parent=directory, slug="somebody", is_sample=False, how_i_work="I listen."
    )
    RegistrationFactory(
        therapist=therapist, grade="MARKER lapsed", verified_on="2020-01-01", expires_on="2021-01-01"
    )
    person = told(client)
    assert person["name"] == therapist.title
    assert person["description"] == "I listen."
    assert person["affiliation"] == {"@id": "http://testserver/#practice"}
    [credential] = person["hasCredential"]
    assert credential["recognizedBy"]["name"] == "BACP"
    assert "MARKER" not in str(person)


def test_made_up_person_is_said_to_be_one_and_claims_no_registration(
    client: Client, directory: TherapistIndexPage
) -> None:
    TherapistPageFactory(parent=directory, slug="somebody", is_sample=True)
    person = told(client)
    assert person["description"].startswith("Sample profile of a made-up person.")
    assert "hasCredential" not in person


def test_only_public_subjects_that_the_therapist_takes_are_named(
    client: Client, directory: TherapistIndexPage
) -> None:
    therapist = TherapistPageFactory(parent=directory, slug="somebody")
    home = directory.get_parent()
    TherapistTherapyFactory(therapist=therapist, therapy=TherapyPageFactory(parent=home, title="IPT"))
    TherapistTherapyFactory(
        therapist=therapist, therapy=TherapyPageFactory(parent=home, title="MARKER draft", live=False)
    )
    TherapistConcernFactory(
        therapist=therapist,
        concern=ConcernPageFactory(parent=home, title="MARKER refused"),
        level=ConcernLevel.DOES_NOT_TAKE,
    )
    TherapistConcernFactory(therapist=therapist, concern=ConcernPageFactory(parent=home, title="Grief"))
    assert told(client)["knowsAbout"] == ["IPT", "Grief"]
