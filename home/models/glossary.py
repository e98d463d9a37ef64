from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import PublishingPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from home.glossary.marking import Term


class GlossaryTerm(
    PreviewableMixin, WorkflowMixin, DraftStateMixin, RevisionMixin, index.Indexed, models.Model
):
    """A technical term and its meaning. Articles explain it where they use it first."""

    term = models.CharField(
        _("word"), max_length=80, unique=True, help_text=_("As it stands in a sentence: “transference”.")
    )
    other_forms = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("other forms"),
        default=list,
        blank=True,
        help_text=_("Plurals, abbreviations and other ways to write it, separated by commas."),
    )
    meaning = models.TextField(
        _("meaning"),
        max_length=320,
        help_text=_("One or two plain sentences, without other words of the field."),
    )

    panels = ["term", "other_forms", "meaning", PublishingPanel()]
    search_fields = [
        index.SearchField("term"),
        index.AutocompleteField("term"),
        index.SearchField("meaning"),
    ]

    class Meta:
        verbose_name = _("explained word")
        verbose_name_plural = _("explained words")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    def as_term(self) -> Term:
        anchor = f"word-{self.pk or slugify(self.term)}"
        return Term(anchor, self.term, (self.term, *self.other_forms), self.meaning)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "previews/glossary_term.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return super().get_preview_context(request, mode_name) | {"terms": [self.as_term()]}
