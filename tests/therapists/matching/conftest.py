from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone

from tests.factories.enquiries import EnquiryAnswersFactory, NewEnquiryFactory, make_matcher
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
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, Offer, OfferState
from therapists.enquiries.services.submit import receive_enquiry
from therapists.enquiries.working_time import working_time
from therapists.enums import ConcernLevel
from therapists.matching.form import ticket


@pytest.fixture
def matching_page(practice):
    return MatchingPageFactory(parent=practice.home)


@pytest.fixture
def make_therapist(practice):
    """Makes therapists whom matching may suggest: registered, insured, with a place on Monday mornings."""

    def make(
        title, concern=None, level=ConcernLevel.WORKS_WITH, therapy=None, fee=60, places=2, used=0, **fields
    ):
        therapist = TherapistPageFactory(parent=practice.directory, title=title, fee=None, **fields)
        ClientGroupFeeFactory(therapist=therapist, fee=Decimal(fee))
        TherapistPrivateFactory(
            therapist=therapist, insurance_expires_on=timezone.localdate() + timedelta(days=90)
        )
        WeeklyWindowFactory(availability=therapist.availability)
        therapist.availability.places_per_four_weeks = places
        therapist.availability.save()
        for _number in range(used):
            enquiry = receive_enquiry(NewEnquiryFactory())
            Enquiry.objects.filter(pk=enquiry.pk).update(state=State.OFFERED)
            Offer.objects.create(
                enquiry=enquiry,
                therapist=therapist,
                state=OfferState.LIVE,
                expires_at=timezone.now() + timedelta(days=2),
            )
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
def matcher(db):
    return make_matcher()


@pytest.fixture
def ask(practice):
    """Stores enquiries that ask about one concern and nothing else, each a minute after the last."""

    def ask(concern, state=State.REVIEW, days=5, **answers):
        nothing_else = {
            "genders": (),
            "languages": (),
            "slots": frozenset(),
            "start_within": None,
            "budget": None,
        }
        enquiry = receive_enquiry(
            NewEnquiryFactory(answers=EnquiryAnswersFactory(concerns=(concern.pk,), **nothing_else | answers))
        )
        # Early, so that a minute later is the same day.
        day = timezone.localtime().replace(hour=1, minute=0) - timedelta(days=days)
        received = day + timedelta(minutes=Enquiry.objects.count())
        Enquiry.objects.filter(pk=enquiry.pk).update(state=state, received_at=received)
        enquiry.refresh_from_db()
        return enquiry

    return ask


@pytest.fixture
def opening(db):
    """When the practice opens on a Monday, with two more working days after it."""
    hours, day = working_time(), timezone.localdate()
    while True:
        day += timedelta(days=1)
        opens = datetime.combine(day, time(9), ZoneInfo(settings.TIME_ZONE))
        if day.weekday() == 0 and all(hours.is_open(opens + timedelta(days=ahead)) for ahead in range(3)):
            return opens


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
