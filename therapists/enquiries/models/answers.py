"""The answers that are lists. Each keeps the words that the visitor saw, should the page go later."""

from abc import abstractmethod
from collections.abc import Collection
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from therapies.models import ConcernPage, TherapyPage
from therapists.enquiries.models.base import PrivateModel
from therapists.enums import DayPart, Slot, Weekday, slot_in_words


class AnswerRow(PrivateModel):
    """One value of an answer that is a list. Its foreign key `enquiry` has the name of the answer."""

    class Meta(PrivateModel.Meta):
        abstract = True

    @property
    @abstractmethod
    def value(self) -> Any:
        """The value in `EnquiryAnswers`; None where what it refers to is gone."""

    @property
    @abstractmethod
    def words(self) -> str:
        """The same for people."""

    @classmethod
    @abstractmethod
    def rows(cls, values: Collection[Any]) -> list[Self]:
        """Return unsaved rows, still without an enquiry. Raise ValidationError where a value is unknown."""


def _pages[PageType: Page](model: type[PageType], keys: Collection[int]) -> list[PageType]:
    """Return the pages in the order of their keys, each once."""
    found = model.objects.in_bulk(set(keys))
    try:
        return [found[key] for key in dict.fromkeys(keys)]
    except KeyError:
        raise ValidationError(_("One of the choices is no longer there. Choose again.")) from None


class EnquiryConcern(AnswerRow):
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="concerns")
    #: Zero is the main concern, unless `Enquiry.main_is_unlisted`.
    position = models.PositiveSmallIntegerField(gettext_lazy("position"))
    concern = models.ForeignKey(
        "therapies.ConcernPage", null=True, on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(gettext_lazy("concern"), max_length=255)

    class Meta(AnswerRow.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "position"], name="one_concern_per_position")
        ]

    def __str__(self) -> str:
        return f"Concern {self.pk}"

    @property
    def value(self) -> int | None:
        return self.concern_id

    @property
    def words(self) -> str:
        return self.label

    @classmethod
    def rows(cls, values: Collection[int]) -> list[Self]:
        return [
            cls(position=position, concern=page, label=page.title)
            for position, page in enumerate(_pages(ConcernPage, values))
        ]


class EnquiryApproach(AnswerRow):
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="approaches")
    therapy = models.ForeignKey(
        "therapies.TherapyPage", null=True, on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(gettext_lazy("therapy"), max_length=255)

    class Meta(AnswerRow.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Approach {self.pk}"

    @property
    def value(self) -> int | None:
        return self.therapy_id

    @property
    def words(self) -> str:
        return self.label

    @classmethod
    def rows(cls, values: Collection[int]) -> list[Self]:
        return [cls(therapy=page, label=page.title) for page in _pages(TherapyPage, values)]


class EnquirySlot(AnswerRow):
    """A part of a weekday that suits the visitor, in the visitor's time zone."""

    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField(gettext_lazy("day"), choices=Weekday)
    part = models.CharField(gettext_lazy("part of the day"), max_length=10, choices=DayPart)

    class Meta(AnswerRow.Meta):
        ordering = ["weekday", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "weekday", "part"], name="one_row_per_slot")
        ]

    def __str__(self) -> str:
        return slot_in_words(self.weekday, self.part)

    @property
    def value(self) -> Slot:
        return Weekday(self.weekday), DayPart(self.part)

    @property
    def words(self) -> str:
        return str(self)

    @classmethod
    def rows(cls, values: Collection[Slot]) -> list[Self]:
        return [cls(weekday=weekday, part=part) for weekday, part in sorted(values)]


class PreferredTimeQuerySet(models.QuerySet["PreferredTime"]):
    def to_come(self) -> Self:
        return self.filter(starts__gt=timezone.now())


class PreferredTime(PrivateModel):
    """When the visitor could meet for the first consultation: a moment, the same on every clock."""

    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="preferred_times")
    starts = models.DateTimeField(gettext_lazy("from"))

    objects = PreferredTimeQuerySet.as_manager()

    class Meta(PrivateModel.Meta):
        ordering = ["starts"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "starts"], name="preferred_time_given_once")
        ]

    def __str__(self) -> str:
        return f"Preferred time {self.pk}"
