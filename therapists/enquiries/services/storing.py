"""Puts a visitor's structured answers into the columns and rows of an enquiry."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from therapies.models import ConcernPage, TherapyPage
from therapists.enquiries.answers import EnquiryAnswers
from therapists.enquiries.models import Enquiry, EnquiryApproach, EnquiryConcern, EnquirySlot, PreferredTime


def fill_in(enquiry: Enquiry, answers: EnquiryAnswers) -> None:
    """The answers that are columns; the caller saves."""
    enquiry.client_group = answers.client_group
    enquiry.formats = list(answers.formats)
    enquiry.genders = list(answers.genders)
    enquiry.gender_is_essential = answers.gender_is_essential
    enquiry.languages = list(answers.languages)
    enquiry.language_is_essential = answers.language_is_essential
    enquiry.only_these_slots = answers.only_these_slots
    enquiry.start_within = answers.start_within
    enquiry.budget = answers.budget
    enquiry.budget_is_firm = answers.budget_is_firm
    enquiry.wants_reduced_fee = answers.wants_reduced_fee
    enquiry.matters_most = answers.matters_most or ""
    enquiry.time_zone = answers.time_zone


def store_concerns(enquiry: Enquiry, keys: Iterable[int]) -> None:
    EnquiryConcern.objects.bulk_create(
        EnquiryConcern(enquiry=enquiry, position=position, concern=page, label=page.title)
        for position, page in enumerate(_pages(ConcernPage, keys))
    )


def replace_wishes(enquiry: Enquiry, answers: EnquiryAnswers) -> None:
    """The therapies asked about and the times, instead of any earlier ones."""
    enquiry.approaches.all().delete()
    enquiry.slots.all().delete()
    EnquiryApproach.objects.bulk_create(
        EnquiryApproach(enquiry=enquiry, therapy=page, label=page.title)
        for page in _pages(TherapyPage, answers.approaches)
    )
    EnquirySlot.objects.bulk_create(
        EnquirySlot(enquiry=enquiry, weekday=weekday, part=part) for weekday, part in sorted(answers.slots)
    )


def replace_preferred_times(enquiry: Enquiry, times: Iterable[datetime]) -> None:
    enquiry.preferred_times.all().delete()
    PreferredTime.objects.bulk_create(PreferredTime(enquiry=enquiry, starts=start) for start in set(times))


def _pages[PageType: Page](model: type[PageType], keys: Iterable[int]) -> list[PageType]:
    """The pages in the order of their keys, each once."""
    found = model.objects.in_bulk(set(keys))
    try:
        return [found[key] for key in dict.fromkeys(keys)]
    except KeyError:
        raise ValidationError(_("One of the choices is no longer there. Choose again.")) from None
