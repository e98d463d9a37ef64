"""The actions of the Matching team: a form each, with when it is offered and the service that it calls."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.long_text import LongTextInput
from therapists.enquiries.access.team import team_members
from therapists.enquiries.admin.action_form import ActionForm, ActionPlace
from therapists.enquiries.admin.asking import OfferForm, ShortlistForm
from therapists.enquiries.admin.therapist_questions import AnswerQuestionForm
from therapists.enquiries.enums import State
from therapists.enquiries.lapses import lapses
from therapists.enquiries.mail.queue import notify_visitor
from therapists.enquiries.models import Enquiry
from therapists.enquiries.services import lifecycle, notes, offers, retention, safety

#: Reached through an action of their own, or by the visitor or a therapist.
NOT_BY_HAND = {State.SHORTLISTED, State.OFFERED, State.ACCEPTED, State.INTRODUCED, State.WITHDRAWN}
#: The visitor hears of these.
NOTIFIES_VISITOR = {State.ALTERNATIVES, State.WAITLIST}


class ReleaseForm(ActionForm):
    name = "release"
    part = ActionPlace.ASK
    heading = _("Introduce them")
    button = _("Release the introduction")

    reason = forms.CharField(
        label=_("Why all the same"), required=False, max_length=500, widget=LongTextInput(attrs={"rows": 2})
    )

    def __init__(self, enquiry: Enquiry, *args: Any, **kwargs: Any) -> None:
        super().__init__(enquiry, *args, **kwargs)
        found = lapses(enquiry.therapist) if enquiry.therapist else []
        if found:
            why = "; ".join(str(lapse.label) for lapse in found)
            said = _("%(name)s should not be introduced as things are: %(why)s. A reason is kept.")
            self.fields["reason"].help_text = said % {"name": enquiry.therapist, "why": why}
        else:
            del self.fields["reason"]

    @classmethod
    def is_offered(cls, enquiry: Enquiry) -> bool:
        return enquiry.state == State.ACCEPTED

    def perform(self, by: User) -> None:
        offers.release(self.enquiry.pk, by=by, reason=self.cleaned_data.get("reason", ""))


class MoveForm(ActionForm):
    name = "move"
    heading = _("Move it on")
    button = _("Move")

    to = forms.ChoiceField(label=_("To"))
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, widget=LongTextInput(attrs={"rows": 2})
    )

    def __init__(self, enquiry: Enquiry, *args: Any, **kwargs: Any) -> None:
        super().__init__(enquiry, *args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["to"])
        field.choices = [(state.value, state.label) for state in self._targets(enquiry)]

    @staticmethod
    def _targets(enquiry: Enquiry) -> list[State]:
        reachable = lifecycle.TRANSITIONS[State(enquiry.state)] - NOT_BY_HAND
        return [state for state in State if state in reachable]

    @classmethod
    def is_offered(cls, enquiry: Enquiry) -> bool:
        return bool(cls._targets(enquiry))

    @transaction.atomic
    def perform(self, by: User) -> None:
        to = State(self.cleaned_data["to"])
        if to == State.ALTERNATIVES and not self.enquiry.replies.exists():
            raise ValidationError(_("Write to them first: say which other places there are."))
        enquiry = lifecycle.move(self.enquiry.pk, to, by=by, reason=self.cleaned_data["reason"])
        if to in NOTIFIES_VISITOR:
            notify_visitor(enquiry)


class AssignForm(ActionForm):
    name = "assign"
    heading = _("Owner")
    button = _("Hand over")

    owner = forms.ModelChoiceField(team_members().order_by("username"), label=_("To whom"))

    def __init__(self, enquiry: Enquiry, *args: Any, **kwargs: Any) -> None:
        super().__init__(enquiry, *args, **kwargs)
        self.fields["owner"].initial = enquiry.owner_id

    def perform(self, by: User) -> None:
        lifecycle.assign(self.enquiry.pk, self.cleaned_data["owner"])


class NoteForm(ActionForm):
    name = "note"
    heading = _("Add a note")
    button = _("Save the note")

    text = forms.CharField(label=_("Note"), max_length=4000, widget=LongTextInput(attrs={"rows": 3}))

    def perform(self, by: User) -> None:
        notes.write_note(self.enquiry.pk, self.cleaned_data["text"], by)


class ReplyForm(ActionForm):
    name = "reply"
    heading = _("Write to them")
    button = _("Show it on their page")

    text = forms.CharField(
        label=_("Message"),
        max_length=4000,
        widget=LongTextInput(attrs={"rows": 5}),
        help_text=_("They read it on their private page. The e-mail says only that there is news."),
    )

    @classmethod
    def is_offered(cls, enquiry: Enquiry) -> bool:
        return enquiry.state not in {State.WITHDRAWN, State.CLOSED}

    def perform(self, by: User) -> None:
        notes.write_reply(self.enquiry.pk, self.cleaned_data["text"], by)


class PlaceHoldForm(ActionForm):
    name = "hold"
    part = ActionPlace.LAST
    heading = _("Legal hold")
    button = _("Keep it until further notice")

    reason = forms.CharField(
        label=_("Why it must be kept"), max_length=500, widget=LongTextInput(attrs={"rows": 2})
    )

    @classmethod
    def is_offered(cls, enquiry: Enquiry) -> bool:
        return not enquiry.legal_holds.filter(lifted_at=None).exists()

    def perform(self, by: User) -> None:
        retention.place_hold(self.enquiry.pk, self.cleaned_data["reason"], by)


class LiftHoldForm(ActionForm):
    name = "lift"
    part = ActionPlace.LAST
    heading = _("Legal hold")
    button = _("Lift the hold")

    @classmethod
    def is_offered(cls, enquiry: Enquiry) -> bool:
        return not PlaceHoldForm.is_offered(enquiry)

    def perform(self, by: User) -> None:
        retention.lift_hold(self.enquiry.pk, by)


class EraseForm(ActionForm):
    name = "erase"
    part = ActionPlace.LAST
    heading = _("Erase it")
    button = _("Erase everything")

    confirm = forms.BooleanField(label=_("The person asked for it, and it cannot be undone"))

    def perform(self, by: User) -> None:
        safety.erase_by_team(self.enquiry.pk, by)


class FinishTaskForm(ActionForm):
    """Shown beside each task, and not among the actions."""

    name = "task"
    heading = _("Task")
    button = _("Done")

    task = forms.IntegerField(min_value=1)

    def perform(self, by: User) -> None:
        notes.finish_task(self.enquiry.pk, self.cleaned_data["task"], by)


#: In the order in which they are shown, each in its part of the page.
ACTION_FORMS: list[type[ActionForm]] = [
    AnswerQuestionForm,
    ReleaseForm,
    OfferForm,
    ShortlistForm,
    ReplyForm,
    NoteForm,
    MoveForm,
    AssignForm,
    PlaceHoldForm,
    LiftHoldForm,
    EraseForm,
]
ACTIONS = {form.name: form for form in ACTION_FORMS} | {FinishTaskForm.name: FinishTaskForm}
