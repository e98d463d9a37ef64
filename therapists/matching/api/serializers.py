"""How the API represents the form, the suggestions and a received enquiry."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypedDict, cast

from django import forms
from django.forms.boundfield import BoundField
from django.urls import reverse
from rest_framework import serializers

from core.content_api.representation.absolute_urls import absolute
from core.content_api.representation.answer_types import Url, attribute_docstrings
from core.content_api.representation.fields import PageLinkField
from core.content_api.representation.links import PageLink
from core.content_api.representation.serializer_types import SerializedBy
from therapists.enquiries import signed_links as links
from therapists.enquiries.models import Enquiry
from therapists.enquiries.public.serializers import ReplyPromiseSerializer
from therapists.enquiries.working_time import out_of_hours_words
from therapists.matching.engine.shortlist import GivingWay, OfferedEasing
from therapists.matching.form.journey import ANSWERS_THAT_EASE, ANSWERS_THAT_GIVE_WAY, Journey, Step
from therapists.matching.services import ExplainedSuggestion

type QuestionKind = Literal[
    "choices", "choice", "yes_or_no", "decimal", "email", "phone", "text", "long_text"
]
#: What kind of answer a question takes, by its field. The first that fits counts.
KINDS: list[tuple[type[forms.Field], QuestionKind]] = [
    (forms.MultipleChoiceField, "choices"),
    (forms.ChoiceField, "choice"),
    (forms.BooleanField, "yes_or_no"),
    (forms.DecimalField, "decimal"),
    (forms.EmailField, "email"),
    (forms.RegexField, "phone"),
]


@attribute_docstrings
class OfferedAnswer(TypedDict):
    key: str
    """What to send."""
    label: str


def choices_of(field: forms.Field) -> list[OfferedAnswer]:
    choices = cast("Iterable[tuple[str, str]]", cast(forms.ChoiceField, field).choices)
    return [{"key": str(key), "label": str(label)} for key, label in choices]


class MatchingQuestionSerializer(serializers.Serializer):
    """A limit that a question does not have is null."""

    name = serializers.CharField(help_text="What its answer is called, when it is sent.")
    label = serializers.CharField()
    help_text = serializers.CharField()
    required = serializers.BooleanField(source="field.required")
    kind = serializers.SerializerMethodField()
    choices = serializers.SerializerMethodField()
    max_length = serializers.IntegerField(source="field.max_length", default=None)
    minimum = serializers.CharField(source="field.min_value", default=None)
    maximum = serializers.CharField(source="field.max_value", default=None)
    pattern = serializers.CharField(source="field.regex.pattern", default=None)

    def get_kind(self, question: BoundField) -> QuestionKind:
        usual: QuestionKind = "long_text" if isinstance(question.field.widget, forms.Textarea) else "text"
        return next((kind for known, kind in KINDS if isinstance(question.field, known)), usual)

    def get_choices(self, question: BoundField) -> list[OfferedAnswer] | None:
        return choices_of(question.field) if isinstance(question.field, forms.ChoiceField) else None


class MatchingStepSerializer(serializers.Serializer):
    """Questions that are asked together."""

    key = serializers.CharField()
    heading = serializers.CharField()
    questions = MatchingQuestionSerializer(many=True)


class ConsentSerializer(serializers.Serializer):
    """What a visitor agrees to when they send an enquiry."""

    version = serializers.CharField(
        source="consent_version",
        help_text="Send it with the enquiry: it says which words were agreed to.",
    )
    text = serializers.CharField(source="consent_text")


class MatchingSerializer(serializers.Serializer):
    """The questions of the matching, step by step."""

    page = serializers.SerializerMethodField()
    ticket = serializers.CharField(help_text="Comes with this opening of the form: send it along.")
    usual_reply_in_working_days = serializers.IntegerField(
        allow_null=True,
        help_text="Counted from the last 30 days. Null where there is nothing true to say.",
    )
    closed = serializers.CharField(
        help_text="What to show in place of the form while nobody at the practice would hear of an enquiry: "
        "sending one is a 503 then. Empty while the form is open."
    )
    consent = ConsentSerializer(source="page")
    steps = MatchingStepSerializer(many=True)

    def get_page(self, form: dict[str, Any]) -> PageLink:
        return PageLink(form["page"].pk)


class OtherHelpSerializer(serializers.Serializer):
    """For whoever the form cannot help: nothing is kept of what they answered."""

    outcome = serializers.ChoiceField(choices=["needs_other_help"], default="needs_other_help")


class SuggestionSerializer(serializers.Serializer):
    """A therapist who may suit someone, and why."""

    choice = serializers.CharField(source="therapist_id", help_text="What answers the question `choice`.")
    therapist = PageLinkField()
    was_asked_about = serializers.SerializerMethodField()
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Sentences for the visitor.")
    cautions = serializers.ListField(
        child=serializers.CharField(), help_text="What does not fit, in sentences for the visitor."
    )

    def get_was_asked_about(self, suggestion: ExplainedSuggestion) -> bool:
        return suggestion.therapist_id == self.context["asked_about"]


class NoSuggestionsSerializer(OtherHelpSerializer):
    """For someone under 18, or who needs help today. Show them `crisis_help` of `site/`."""

    suggestions = SuggestionSerializer(many=True, default=list)


class EasingSerializer(serializers.Serializer):
    """An answer that would let more therapists in, where the visitor agrees to it."""

    question = serializers.SerializerMethodField()
    answer = serializers.SerializerMethodField()
    would_add = serializers.IntegerField()

    def get_question(self, easing: OfferedEasing) -> str:
        return ANSWERS_THAT_EASE[easing.rung][0]

    def get_answer(self, easing: OfferedEasing) -> bool:
        return bool(ANSWERS_THAT_EASE[easing.rung][1])


class GivingWaySerializer(serializers.Serializer):
    """An answer without which somebody would fit, where nobody does."""

    question = serializers.SerializerMethodField()
    would_fit = serializers.IntegerField(help_text="How many therapists.")

    def get_question(self, answer: GivingWay) -> str:
        return ANSWERS_THAT_GIVE_WAY[answer.exclusion][0]


class NotSuggestedSerializer(serializers.Serializer):
    """The therapist they asked about, where that one cannot be suggested."""

    therapist = serializers.SerializerMethodField()
    reasons = serializers.ListField(child=serializers.CharField(), source="asked_about.why_not")

    def get_therapist(self, journey: Journey) -> PageLink | None:
        return PageLink(journey.therapist.pk) if journey.therapist else None


class TherapistSuggestionsSerializer(serializers.Serializer):
    """Whom the form would suggest: the therapist they asked about first, where that is possible."""

    outcome = serializers.ChoiceField(choices=["suggestions"], default="suggestions")
    ticket = serializers.CharField(source="ticket.signed", help_text="The one to go on with.")
    suggestions = SuggestionSerializer(many=True)
    not_suggested = serializers.SerializerMethodField()
    easings = EasingSerializer(source="match.result.offered_easings", many=True)
    could_give_way = GivingWaySerializer(
        source="match.result.could_give_way", many=True, help_text="Empty where somebody fits."
    )
    preferred_times = serializers.SerializerMethodField(
        help_text="What the question of that name offers to whoever chooses so: send `choice` to be told."
    )

    def get_preferred_times(self, journey: Journey) -> list[OfferedAnswer]:
        return choices_of(journey.prefilled_form(Step.CONTACT).fields["preferred_times"])

    def get_not_suggested(
        self, journey: Journey
    ) -> Annotated[Any, SerializedBy(NotSuggestedSerializer)] | None:
        asked = journey.asked_about
        return NotSuggestedSerializer(journey).data if asked and asked.why_not else None


class PrivateLinkSerializer(serializers.Serializer):
    """The two ways to the visitor's own enquiry: a page of the site, and `url` with the token as bearer."""

    page_url = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    token = serializers.SerializerMethodField(
        help_text="Whoever has it, or the address of the page, can read and erase the enquiry."
    )

    def get_page_url(self, enquiry: Enquiry) -> Url:
        return links.address(links.Purpose.STATUS, enquiry.pk)

    def get_url(self, enquiry: Enquiry) -> Url:
        return absolute(reverse("wagtailapi_v2:enquiries/status:detail"), self.context["request"])

    def get_token(self, enquiry: Enquiry) -> str:
        return links.token(links.Purpose.STATUS, enquiry.pk)


class ReceivedSerializer(serializers.Serializer):
    """An enquiry that is kept, and how whoever sent it comes back to it."""

    outcome = serializers.ChoiceField(choices=["received"], default="received")
    reference = serializers.CharField()
    show_urgent_help = serializers.BooleanField(
        source="may_be_at_risk", help_text="Whether to show `crisis_help` of `site/` too."
    )
    out_of_hours = serializers.SerializerMethodField(
        help_text="What to say where `show_urgent_help` is true and nobody is at the practice. Else empty."
    )
    reply_promise = serializers.SerializerMethodField()
    status = PrivateLinkSerializer(source="*")

    def get_out_of_hours(self, enquiry: Enquiry) -> str:
        return out_of_hours_words() if enquiry.may_be_at_risk else ""

    def get_reply_promise(
        self, enquiry: Enquiry
    ) -> Annotated[Any, SerializedBy(ReplyPromiseSerializer)] | None:
        promise = self.context["reply_promise"]
        return ReplyPromiseSerializer(promise).data if promise else None
