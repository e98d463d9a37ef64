"""Fictional therapists. What `TherapistPageFactory(parent=directory)` makes is public: it is registered."""

from datetime import timedelta
from decimal import Decimal

import factory
import wagtail_factories
from django.utils import timezone

from therapists.enums import ClientGroup, ConcernLevel, Language, RegistrationBody, SessionFormat
from therapists.models import (
    Availability,
    ClientGroupFee,
    Registration,
    TherapistConcern,
    TherapistIndexPage,
    TherapistPage,
    TherapistPrivate,
    TherapistTherapy,
    WeeklyWindow,
)


def days_from_today(days: int) -> object:
    return factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=days))


class TherapistIndexPageFactory(wagtail_factories.PageFactory):
    title = "Therapists"
    slug = "therapists"

    class Meta:
        model = TherapistIndexPage


class RegistrationFactory(factory.django.DjangoModelFactory):
    body = RegistrationBody.BACP
    grade = "Registered member"
    number = factory.Sequence(lambda n: f"SAMPLE-{n:05}")
    register_url = "https://example.org/register/"
    verified_on = days_from_today(-30)
    expires_on = days_from_today(335)

    class Meta:
        model = Registration


class ClientGroupFeeFactory(factory.django.DjangoModelFactory):
    group = ClientGroup.INDIVIDUAL
    fee = Decimal("60")

    class Meta:
        model = ClientGroupFee


class WeeklyWindowFactory(factory.django.DjangoModelFactory):
    weekday = 0
    starts = "09:00"
    ends = "12:00"

    class Meta:
        model = WeeklyWindow


class AvailabilityFactory(factory.django.DjangoModelFactory):
    places_per_four_weeks = 2
    confirmed_on = days_from_today(-6)

    class Meta:
        model = Availability


class TherapistPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Sample Therapist {n}")
    is_sample = True
    professional_title = "Counsellor"
    formats = factory.LazyFunction(lambda: [SessionFormat.VIDEO])
    languages = factory.LazyFunction(lambda: [Language.ENGLISH])
    registration = factory.RelatedFactory(RegistrationFactory, factory_related_name="therapist")
    fee = factory.RelatedFactory(ClientGroupFeeFactory, factory_related_name="therapist")
    diary = factory.RelatedFactory(AvailabilityFactory, factory_related_name="therapist")

    class Meta:
        model = TherapistPage
        skip_postgeneration_save = True


class TherapistConcernFactory(factory.django.DjangoModelFactory):
    level = ConcernLevel.WORKS_WITH

    class Meta:
        model = TherapistConcern


class TherapistTherapyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TherapistTherapy


class TherapistPrivateFactory(factory.django.DjangoModelFactory):
    offer_email = "offers@example.org"

    class Meta:
        model = TherapistPrivate
