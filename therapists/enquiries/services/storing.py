"""Puts a visitor's structured answers into the columns and rows of an enquiry."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from therapists.enquiries.answers import ANSWERS, EnquiryAnswers
from therapists.enquiries.models import Enquiry, PreferredTime


def set_columns(enquiry: Enquiry, answers: EnquiryAnswers) -> None:
    """Set the answers that are columns; the caller saves."""
    for name, kind in ANSWERS.items():
        if not kind.has_rows:
            setattr(enquiry, name, kind.to_column(getattr(answers, name)))


def set_rows(enquiry: Enquiry, answers: EnquiryAnswers, *, is_new: bool) -> None:
    """Store the answers that have rows in place of any earlier ones, unless they are asked once."""
    for name, kind in ANSWERS.items():
        if kind.has_rows and (is_new or not kind.is_asked_once):
            _replace(enquiry, getattr(enquiry, name), getattr(answers, name))


def _replace(enquiry: Enquiry, stored: Any, values: Any) -> None:
    rows = stored.model.rows(values)
    for row in rows:
        row.enquiry = enquiry
    stored.all().delete()
    stored.bulk_create(rows)


def replace_preferred_times(enquiry: Enquiry, times: Iterable[datetime]) -> None:
    enquiry.preferred_times.all().delete()
    PreferredTime.objects.bulk_create(PreferredTime(enquiry=enquiry, starts=start) for start in set(times))
