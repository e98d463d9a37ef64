"""Whom to ask, and asking them: who cannot be asked is marked, and who was asked is said."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.contrib.messages import constants as levels
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.long_text import LongTextInput
from therapists.enquiries.admin.action_form import ActionForm, ActionPlace
from therapists.enquiries.enums import State
from therapists.enquiries.lapses import in_words, lapses_of
from therapists.enquiries.models import Enquiry
from therapists.enquiries.services import offers
from therapists.enums import AvailabilityStatus
from therapists.models import Availability, TherapistPage
from therapists.models.availability import bookings_on

PLACES = ("first", "second", "third")


class TherapistChoice(forms.ModelChoiceField):
    """Says beside each name why they cannot be asked, where they cannot."""

    #: By primary key.
    marks: dict[int, str] = {}

    def label_from_instance(self, therapist: TherapistPage) -> str:
        mark = self.marks.get(therapist.pk)
        return f"{therapist.title} – {mark}" if mark else therapist.title


class ShortlistForm(ActionForm):
    name = "shortlist"
    part = ActionPlace.ASK
    heading = _("Whom to ask")
    button = _("Save the shortlist")

    first = TherapistChoice(TherapistPage.objects.none(), label=_("First"))
    second = TherapistChoice(TherapistPage.objects.none(), label=_("Second"), required=False)
    third = TherapistChoice(TherapistPage.objects.none(), label=_("Third"), required=False)
    reason = forms.CharField(
        label=_("Why otherwise than suggested"),
        required=False,
        max_length=500,
        widget=LongTextInput(attrs={"rows": 2}),
        help_text=_("Needed where the order is not the suggested one, or someone takes no new clients now."),
    )

    def __init__(self, enquiry: Enquiry, *args: Any, **kwargs: Any) -> None:
        super().__init__(enquiry, *args, **kwargs)
        therapists = TherapistPage.objects.published().order_by("title")
        marks = _marks(enquiry, list(therapists))
        chosen = [entry.therapist for entry in enquiry.shortlist.select_related("therapist")]
        initial = (chosen or enquiry.suggested_therapists())[: offers.LONGEST_SHORTLIST]
        for place, name in enumerate(PLACES):
            field = cast(TherapistChoice, self.fields[name])
            field.marks = marks
            field.queryset = therapists
            if place < len(initial):
                field.initial = initial[place].pk

    @classmethod
    def is_offered(cls, enquiry: Enquiry) -> bool:
        return enquiry.state in {State.REVIEW, State.SHORTLISTED}

    def perform(self, by: User) -> None:
        chosen = [self.cleaned_data[name] for name in PLACES]
        therapists = [therapist for therapist in chosen if therapist]
        reason = self.cleaned_data["reason"]
        offers.set_shortlist(self.enquiry.pk, therapists, by=by, reason=reason)
        names = ", ".join(therapist.title for therapist in therapists)
        self.done = _now("Saved: %(names)s, in this order. Nobody is asked yet.") % {"names": names}
        paused = self.enquiry.shortlist.filter(although_paused=True).select_related("therapist")
        if paused:
            named = ", ".join(entry.therapist.title for entry in paused)
            told = _now("They take no new clients, and are asked all the same: %(names)s.") % {"names": named}
            self.done, self.level = f"{self.done} {told}", levels.WARNING


def _marks(enquiry: Enquiry, therapists: list[TherapistPage]) -> dict[int, str]:
    """Return in words why some cannot be asked, or cannot begin now, by primary key."""
    today = localdate()
    diaries = Availability.objects.filter(therapist__in=therapists).prefetch_related("absences")
    known = bookings_on(today)
    states = {diary.therapist_id: diary.status(today, known) for diary in diaries}
    marks = {key: str(state.label) for key, state in states.items() if state != AvailabilityStatus.OPEN}
    marks |= {key: in_words(found) for key, found in lapses_of(therapists).items() if found}
    for key in enquiry.offers.refused().values_list("therapist", flat=True):
        marks[key] = _now("has said no to this enquiry, or did not answer")
    return marks


class OfferForm(ActionForm):
    name = "offer"
    part = ActionPlace.ASK
    heading = _("Offer it")
    button = _("Ask the first on the shortlist")

    @classmethod
    def is_offered(cls, enquiry: Enquiry) -> bool:
        return enquiry.state == State.SHORTLISTED and enquiry.shortlist.exists()

    @transaction.atomic
    def perform(self, by: User) -> None:
        """Ask, and say who was asked: another than the first, or nobody, is no success to wave through."""
        _next, passed_over = offers.next_on_shortlist(self.enquiry)
        offer = offers.offer_to_next(self.enquiry.pk, by=by)
        if offer is None:
            told = _now("Nobody was asked. %(why)s. Choose someone else.")
        elif passed_over:
            told = _now("%(name)s is asked, and not the first. %(why)s. They have until %(until)s.")
        else:
            told = _now("%(name)s is asked, and has until %(until)s.")
        if passed_over:
            self.level = levels.WARNING
        self.done = told % {
            "name": offer.therapist.title if offer else "",
            "until": date_format(localtime(offer.expires_at), "l j F Y, H:i") if offer else "",
            "why": ". ".join(passed_over),
        }
