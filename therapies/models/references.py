import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from core.admin.choices import EachChoice
from core.choice_labels import labels_of
from core.visibility import is_published
from therapies.enums import ReferenceType
from therapies.facts import NumberedReference, ShownReference
from therapies.models.keys import KeyedRecord


class Reference(  # type: ignore[django-manager-missing] # its "evidence" is modelcluster's
    PreviewableMixin, WorkflowMixin, DraftStateMixin, RevisionMixin, index.Indexed, KeyedRecord
):
    """A source that facts rest on. Cited by number under each page and table."""

    key = models.SlugField(
        _("key"),
        unique=True,
        blank=True,
        help_text=_("A short name for this source: “nice-ng222”. Left empty, it is made of the citation."),
    )
    kind = models.CharField(
        _("type"),
        max_length=20,
        choices=ReferenceType,
        help_text=_("A guideline and a review weigh more than one trial: readers see which it is."),
    )
    citation = models.TextField(
        _("citation"), help_text=_("Authors or body, title and where it was published.")
    )
    url = models.URLField(
        _("web address"),
        blank=True,
        help_text=_("Where a reader can open it."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1850), MaxValueValidator(2100)],
        help_text=_("When it was published."),
    )
    accessed = models.DateField(
        _("last checked"),
        null=True,
        blank=True,
        help_text=_("The day on which you opened it last."),
    )
    superseded_by = models.ForeignKey(
        "self",
        verbose_name=_("superseded by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="supersedes",
        help_text=_("The newer source. Facts that lean on this one are listed until they name another."),
    )

    panels = [
        FieldPanel("kind", widget=EachChoice),
        "citation",
        "url",
        "year",
        "accessed",
        "superseded_by",
        "key",
        PublishingPanel(),
    ]
    search_fields = [
        index.SearchField("citation"),
        index.AutocompleteField("citation"),
        index.FilterField("kind"),
    ]

    key_without_words = "source"

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.citation} ({self.year})" if self.year else self.citation

    def clean(self) -> None:
        super().clean()
        if self.superseded_by_id and self.superseded_by_id == self.pk:
            raise ValidationError({"superseded_by": _("A source cannot supersede itself.")})

    @property
    def words_of_key(self) -> str:
        """Return who is named first, and the year: “Fonagy P, Lemma A. A trial.” is “fonagy-p-2020”."""
        return f"{re.split('[,.;:]', self.citation)[0]} {self.year or ''}"

    @property
    def is_withdrawn(self) -> bool:
        """Return whether readers could see it once, and cannot now. One that is still a draft is not."""
        return not is_published(self) and self.first_published_at is not None

    def as_shown(self) -> ShownReference:
        newer = self.superseded_by
        return ShownReference(
            key=self.key,
            citation=self.citation,
            kind=labels_of(ReferenceType)[self.kind],  # `get_kind_display` hashes every label, each time
            url=self.url,
            year=self.year,
            accessed=self.accessed,
            superseded_by=newer.citation if newer and is_published(newer) else "",
        )

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "previews/reference.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context = super().get_preview_context(request, mode_name)
        return context | {"references": [NumberedReference(1, self.as_shown())]}
