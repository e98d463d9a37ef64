"""The admin form of a page that is reviewed: it asks what other words than those that were reviewed are."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.models import COMMENTS_RELATION_NAME

from core.admin.page_forms import PracticePageForm
from core.reviews.kinds_of_change import KindOfChange
from core.reviews.words import NOT_WORDS, words_digest

PUBLISH, SUBMIT = "action-publish", "action-submit"
#: The actions that ask what kind of change it is.
ASKING = (PUBLISH, SUBMIT)


def with_kind_that_was_pressed(data: QueryDict | None) -> QueryDict | None:
    """Return what was sent, with the answer of the button that sent it."""
    pressed = next((data[name] for name in ASKING if name in data), "") if data else ""
    if data is None or pressed not in KindOfChange.values:
        return data
    answered = data.copy()
    answered["kind_of_change"] = pressed
    return answered


class ReviewedPageForm(PracticePageForm):
    kind_of_change = forms.ChoiceField(
        label=_("What kind of change is it?"),
        help_text=_(
            "The buttons that hand in and publish ask it. Answer here before you approve other words."
        ),
        choices=KindOfChange.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(with_kind_that_was_pressed(data), *args, **kwargs)
        #: What was answered when the draft was saved: it holds for whoever approves it as it is.
        self.answered: str = self.instance.kind_of_change
        self.initial["kind_of_change"] = ""  # each change is another

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_asked = "kind_of_change" in self.fields and not self.is_deferred_validation
        if is_asked and self._is_signed_off_with_this():
            return cleaned
        if is_asked and not cleaned.get("kind_of_change") and not self._has_changes():
            cleaned["kind_of_change"] = self.answered
        if is_asked and not cleaned.get("kind_of_change") and self._has_other_words():
            words = _("Say under Review: is this a small correction, or does it need review?")
            self.add_error("kind_of_change", words)
        return cleaned

    def _is_signed_off_with_this(self) -> bool:
        """Return whether this approves a clinical review: signing off is the review."""
        is_approved = self.data.get("action-workflow-action") and (
            self.data.get("workflow-action-name") == "approve"
        )
        return bool(is_approved) and getattr(self.instance.current_workflow_task, "is_a_review", False)

    def _has_other_words(self) -> bool:
        """Compare what is reviewed with the draft as it was opened, and with what was changed since."""
        page = self.instance
        if page.pk is None or page.last_reviewed is None:
            return False
        if self._has_changes():
            return True
        words = words_digest(page)
        return words != page.public_words and page.sign_off_of(words) is None

    def _has_changes(self) -> bool:
        return bool(set(self.changed_data) - NOT_WORDS) or self._has_changed_rows()

    def _has_changed_rows(self) -> bool:
        rows = (formset for name, formset in self.formsets.items() if name != COMMENTS_RELATION_NAME)
        return any(formset.has_changed() for formset in rows)
