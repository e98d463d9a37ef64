"""Fees in figures: on the page and in the API, as the published profiles say at the time."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.fee_figures import fee_figures
from home.models import InfoPage
from tests.factories.home import InfoPageFactory
from tests.factories.therapists import ClientGroupFeeFactory, RegistrationFactory, TherapistPageFactory
from therapists.enums import ClientGroup
from therapists.models import TherapistPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def fees(practice) -> InfoPage:
    value = {"heading": "What a session costs", "introduction": "Each sets a fee."}
    return InfoPageFactory(parent=practice.home, title="Fees", body=[("fees", value)])


def asks(practice, fee: str, reduced: str | None = None, **fields) -> TherapistPage:
    therapist = TherapistPageFactory(parent=practice.directory, fee=None, **fields)
    ClientGroupFeeFactory(therapist=therapist, fee=Decimal(fee), reduced_fee=reduced and Decimal(reduced))
    return therapist


def shown(client: Client, fees: InfoPage) -> list[str]:
    page = BeautifulSoup(client.get(fees.url).content, "html.parser")
    return [" ".join(fact.get_text(" ").split()) for fact in page.select(".fees .facts__fact")]


def in_api(client: Client, fees: InfoPage) -> list[dict]:
    [block] = client.get(f"/api/v2/pages/{fees.pk}/").json()["body"]
    return block["value"]["groups"]


@pytest.mark.guide(
    "How long a therapy lasts, what it helps with, what a session costs: each stands in one place.",
    "Information page: The block “Fees in figures” shows what sessions cost, made from the published "
    "profiles at the time",
)
def test_figures_are_made_from_what_visitors_can_read(client, practice, fees):
    assert shown(client, fees) == [] == in_api(client, fees)
    assert b"No therapist has a profile here yet." in client.get(fees.url).content

    anna = asks(practice, "47.50", "30", title="Anna")
    assert shown(client, fees) == ["One adult £47.50 1 therapist, 50 minutes. 1 has a reduced fee, from £30."]
    asks(practice, "85")
    ClientGroupFeeFactory(
        therapist=anna, group=ClientGroup.COUPLE, fee=Decimal(110), session_minutes=80, reduced_fee=None
    )
    asks(practice, "5", live=False)
    lapsed = asks(practice, "500", registration=None)
    RegistrationFactory(therapist=lapsed, verified_on=None)

    assert shown(client, fees) == [
        "One adult £47.50 to £85 2 therapists, 50 minutes. 1 has a reduced fee, from £30.",
        "A couple £110 1 therapist, 80 minutes.",
    ]
    assert in_api(client, fees)[0] == {
        "group": "individual",
        "label": "One adult",
        "therapists": 2,
        "lowest": "47.50",
        "highest": "85.00",
        "with_reduced_fee": 1,
        "lowest_reduced": "30.00",
        "shortest_minutes": 50,
        "longest_minutes": 50,
    }
    answer = client.get(f"/api/v2/pages/{fees.pk}/")
    assert "type-therapists.TherapistPage" in answer["Surrogate-Key"].split()

    anna.unpublish()
    assert shown(client, fees) == ["One adult £85 1 therapist, 50 minutes."]


def test_who_is_listed_twice_counts_once(client, practice, fees):
    anna = asks(practice, "60", "40")
    anna.create_alias(parent=practice.directory, update_slug="anna-too")
    [group] = fee_figures(practice.home.get_site())
    assert (group.therapists, group.with_reduced_fee) == (1, 1)
