"""Enquiries as the form makes them, and as they are stored."""

import uuid
from datetime import datetime, timedelta
from decimal import Decimal

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.utils import timezone
from wagtail.models import Page

from tests.factories.therapists import TherapistPageFactory, TherapistPrivateFactory
from therapists.enquiries.access.team import MATCHING_TEAM
from therapists.enquiries.answers import Consent, ContactDetails, EnquiryAnswers, FreeText, NewEnquiry
from therapists.enquiries.enums import StartHorizon, State
from therapists.enquiries.models import Enquiry, Offer
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.offers import accept, offer_to_next, release, set_shortlist
from therapists.enquiries.services.submit import receive_enquiry
from therapists.enums import ClientGroup, DayPart, Gender, Language, SessionFormat, Weekday
from therapists.models import TherapistPage


class ContactDetailsFactory(factory.Factory):
    name = "Sam Sample"
    email = "sam@example.org"
    phone = "020 7946 0000"

    class Meta:
        model = ContactDetails


class EnquiryAnswersFactory(factory.Factory):
    concerns = ()
    client_group = ClientGroup.INDIVIDUAL
    formats = (SessionFormat.VIDEO,)
    genders = (Gender.WOMAN,)
    languages = (Language.ENGLISH,)
    slots = frozenset({(Weekday.TUESDAY, DayPart.EVENING), (Weekday.FRIDAY, DayPart.MORNING)})
    start_within = StartHorizon.FOUR_WEEKS
    budget = Decimal("60.00")

    class Meta:
        model = EnquiryAnswers


class NewEnquiryFactory(factory.Factory):
    idempotency_key = factory.LazyFunction(uuid.uuid4)
    draw_key = factory.LazyFunction(uuid.uuid4)
    answers = factory.SubFactory(EnquiryAnswersFactory)
    contact = factory.SubFactory(ContactDetailsFactory)
    consent = Consent(version="2026-11", text="I agree.")
    free_text = FreeText(message="Hello.")

    class Meta:
        model = NewEnquiry


def stored_enquiry(concern_key: int, **kwargs: object) -> Enquiry:
    """An enquiry as `receive_enquiry` stores it."""
    return receive_enquiry(NewEnquiryFactory(answers__concerns=(concern_key,), **kwargs))


def offer_to(enquiry: Enquiry, therapist: TherapistPage, matcher: User) -> Offer:
    """From wherever it stands before an offer to one that waits for this therapist's answer."""
    if enquiry.state == State.RECEIVED:
        move(enquiry.pk, State.REVIEW, by=matcher)
    set_shortlist(enquiry.pk, [therapist], by=matcher, reason="They fit.")
    return offer_to_next(enquiry.pk, by=matcher)


def introduce(
    enquiry: Enquiry, therapist: TherapistPage, matcher: User, starts: datetime | None = None
) -> Enquiry:
    """The therapist says yes, to this time for the first consultation where one is given."""
    accept(offer_to(enquiry, therapist, matcher).pk, starts)
    return release(enquiry.pk, by=matcher)


def make_matcher(username: str = "matcher") -> User:
    user = get_user_model().objects.create_user(username, password="matcher")
    user.groups.add(Group.objects.get(name=MATCHING_TEAM))
    return user


def make_offerable_therapist(parent: Page, name: str) -> TherapistPage:
    """A public therapist who is insured and can be written to."""
    therapist = TherapistPageFactory(parent=parent, title=name)
    TherapistPrivateFactory(
        therapist=therapist,
        offer_email=f"{therapist.slug}@therapists.example",
        insurance_expires_on=timezone.localdate() + timedelta(days=100),
    )
    return therapist
