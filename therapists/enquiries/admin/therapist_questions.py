"""Answering what a therapist asks before they say yes or no."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from core.long_text import LongTextInput
from therapists.enquiries.admin.action_form import ActionForm, ActionPlace
from therapists.enquiries.models import Enquiry, OfferQuestion
from therapists.enquiries.services.offer_questions import answer_question, open_questions


class QuestionChoice(forms.ModelChoiceField):
    """Shows what each therapist asked."""

    def label_from_instance(self, question: OfferQuestion) -> str:
        return f"{question.offer.therapist.title}: {question.question}"


class AnswerQuestionForm(ActionForm):
    name = "answer"
    part = ActionPlace.ASK
    heading = _("Answer a therapist’s question")
    button = _("Send the answer")

    question = QuestionChoice(
        OfferQuestion.objects.none(), label=_("Question"), empty_label=None, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("Answer"),
        max_length=1000,
        widget=LongTextInput(attrs={"rows": 3}),
        help_text=_("They do not know who it is: write no name and no way to reach them."),
    )

    def __init__(self, enquiry: Enquiry, *args: Any, **kwargs: Any) -> None:
        super().__init__(enquiry, *args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["question"])
        field.queryset = open_questions(enquiry)
        field.initial = open_questions(enquiry).first()

    @classmethod
    def is_offered(cls, enquiry: Enquiry) -> bool:
        return open_questions(enquiry).exists()

    def perform(self, by: User) -> None:
        given = self.cleaned_data
        answer_question(self.enquiry.pk, given["question"].pk, given["answer"], by)
