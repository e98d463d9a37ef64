"""What the API answers visitors about their own enquiry."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.content_api.representation.links import PageLink
from core.content_api.request_serializers import RequestSerializer
from therapists.enquiries.describing import in_words
from therapists.enquiries.models import Consultation, ConsultationOutcome
from therapists.enquiries.public.progress import Progress


class ReplyPromiseSerializer(serializers.Serializer):
    """How soon the practice usually replies, while the last 30 days make it true."""

    usual_working_days = serializers.IntegerField()
    sentence = serializers.CharField(source="*", help_text="The same for visitors to read.")


class ReplySerializer(serializers.Serializer):
    """What the practice wrote to them."""

    written_at = serializers.DateTimeField()
    text = serializers.CharField()


class ConsultationSerializer(serializers.Serializer):
    """A time for a first consultation."""

    id = serializers.UUIDField()
    starts = serializers.DateTimeField(source="during.lower")
    ends = serializers.DateTimeField(source="during.upper")
    in_words = serializers.SerializerMethodField(help_text="By the visitor's own clock.")

    def get_in_words(self, consultation: Consultation) -> str:
        return in_words(consultation.during.lower, self.context["time_zone"])


class FirstConsultationSerializer(serializers.Serializer):
    """Times that may still be chosen, and the one that was."""

    time_zone = serializers.CharField()
    proposed = ConsultationSerializer(many=True)
    confirmed = ConsultationSerializer(allow_null=True)
    how = serializers.CharField(
        help_text="The place or the link, or who rings whom. Empty before they have been introduced."
    )
    terms = serializers.CharField(help_text="How long it takes, and that it is free. Empty as well.")
    waits_for_times = serializers.BooleanField(
        help_text="Whether a time was called off, and the therapist has been asked for others."
    )
    said_late = serializers.BooleanField(help_text="Whether the therapist was told that they run late.")


class OutcomeSerializer(serializers.Serializer):
    """What may be said of a first consultation."""

    key = serializers.CharField(source="value")
    label = serializers.CharField()


class SaidSerializer(serializers.Serializer):
    """What they said, without their words."""

    key = serializers.CharField(source="outcome")
    label = serializers.CharField(source="get_outcome_display")
    said_at = serializers.DateTimeField()


class WhatBecameSerializer(serializers.Serializer):
    """What became of the introduction."""

    may_say = OutcomeSerializer(many=True, help_text="What may be said now. Empty before the time.")
    said = SaidSerializer(allow_null=True, help_text="What the visitor said last.")
    accounts_differ = serializers.BooleanField(
        help_text="Whether the therapist said what cannot be true as well: somebody gets in touch."
    )


class AllowedSerializer(serializers.Serializer):
    """What may be done now. Erasing may be asked for at any time."""

    change_answers = serializers.BooleanField(source="may_change")
    choose_time = serializers.BooleanField(source="proposed")
    call_off_time = serializers.BooleanField(source="may_call_off")
    say_running_late = serializers.SerializerMethodField()
    withdraw = serializers.BooleanField(source="may_withdraw")
    undo_withdrawal = serializers.BooleanField(source="may_undo_withdrawal")

    def get_say_running_late(self, progress: Progress) -> bool:
        return progress.may_be_late and not progress.said_late


class WhereItStandsSerializer(serializers.Serializer):
    """Where an enquiry stands. Holds no answer, no contact and nothing that the visitor wrote."""

    reference = serializers.CharField()
    heading = serializers.CharField(source="state_text.heading")
    explanation = serializers.CharField(source="state_text.explanation")
    received_at = serializers.DateTimeField()
    since = serializers.DateTimeField()
    reply_promise = ReplyPromiseSerializer(allow_null=True)
    expected_by = serializers.DateTimeField(allow_null=True)
    due = serializers.CharField(help_text="What to expect by then, in a sentence. Empty where nothing is.")
    is_late = serializers.BooleanField(help_text="Whether that day has passed: be sorry, in place of `due`.")
    therapist = serializers.SerializerMethodField(help_text="Once they have been introduced.")
    replies = ReplySerializer(many=True)
    first_consultation = FirstConsultationSerializer(source="*")
    what_became = WhatBecameSerializer(source="*")
    may_undo_until = serializers.DateTimeField(
        allow_null=True, help_text="Until when withdrawing can be undone: for a day."
    )
    erasure_due_at = serializers.DateTimeField(
        allow_null=True,
        help_text="Where erasing waits for a person to read it, for safety: by then it is erased.",
    )
    may = AllowedSerializer(source="*")

    def get_therapist(self, progress: Progress) -> PageLink | None:
        return PageLink(progress.therapist.pk) if progress.therapist else None


class ChosenTimeSerializer(RequestSerializer):
    time = serializers.UUIDField(
        help_text="The `id` of one of the times in `first_consultation.proposed`.",
        error_messages={
            "required": _("Choose a time."),
            "invalid": _("Give the id of one of the proposed times."),
        },
    )


class SayOutcomeSerializer(RequestSerializer):
    outcome = serializers.ChoiceField(
        choices=ConsultationOutcome.choices,
        help_text="One of the keys in `what_became.may_say`.",
        error_messages={
            "required": _("Say what became of it."),
            "invalid_choice": _("Choose one of what may be said."),
        },
    )
    words = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=1000,
        help_text="Anything the practice should know, if they wish. A person reads it.",
    )
