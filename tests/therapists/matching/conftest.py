from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.factories.matching import MatchingPageFactory
from tests.factories.therapists import (
    ClientGroupFeeFactory,
    TherapistConcernFactory,
    TherapistPageFactory,
    TherapistPrivateFactory,
    TherapistTherapyFactory,
    WeeklyWindowFactory,
)
from tests.therapists.matching.front_end import FrontEnd
from tests.therapists.matching.visitor import Visitor
from therapists.enums import ConcernLevel
from therapists.matching.form import ticket


@pytest.fixture
def matching_page(practice):
    return MatchingPageFactory(parent=practice.home)


@pytest.fixture
def make_therapist(practice):
    """Makes therapists whom matching may suggest: registered, insured, with a place on Monday mornings."""

    def make(title, concern=None, level=ConcernLevel.WORKS_WITH, therapy=None, fee=60, **fields):
        therapist = TherapistPageFactory(parent=practice.directory, title=title, fee=None, **fields)
        ClientGroupFeeFactory(therapist=therapist, fee=Decimal(fee))
        TherapistPrivateFactory(
            therapist=therapist, insurance_expires_on=timezone.localdate() + timedelta(days=90)
        )
        WeeklyWindowFactory(availability=therapist.availability)
        TherapistConcernFactory(
            therapist=therapist,
            concern=concern or practice.grief,
            level=level,
            verified_on=timezone.localdate(),
        )
        if therapy:
            TherapistTherapyFactory(therapist=therapist, therapy=therapy)
        return therapist

    return make


@pytest.fixture
def visitor(client, practice, matching_page, monkeypatch):
    """Someone at the form, who takes their time."""
    monkeypatch.setattr(ticket, "LEAST_AGE", timedelta(0))
    return Visitor(client, matching_page.get_url(), practice)


@pytest.fixture
def front_end(client, practice, matching_page, monkeypatch):
    """A front end of someone else's, whose visitors take their time."""
    monkeypatch.setattr(ticket, "LEAST_AGE", timedelta(0))
    return FrontEnd(client, practice)
