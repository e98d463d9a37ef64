"""Which public facts and evidence lean on a source, and which of the sources no longer carry them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.deletion import Instead
from core.models import Reviewer
from therapies.models import DimensionValue, Reference, TherapyEvidence


@dataclass(frozen=True, slots=True)
class LeaningFact:
    """A fact or a row of evidence of a public page, what it leans on, and what is wrong with that."""

    page: Page
    fact: str
    source: str
    why: str | Promise


def facts_that_lean_on_bad_sources() -> list[LeaningFact]:
    """Return those whose source was superseded or taken down, or whose point of comparison was, by page."""
    found = [*_on_sources(), *_on_evidence(), *_on_dimensions()]
    return sorted(found, key=lambda leaning: (leaning.page.title, leaning.fact))


def facts_on(source: Reference) -> int:
    """Return how many public facts and rows of evidence name it."""
    values = DimensionValue.objects.filter(references=source.pk, therapy__live=True)
    evidence = TherapyEvidence.objects.filter(reference=source.pk, therapy__live=True)
    return values.filter(therapy__alias_of=None).count() + evidence.filter(therapy__alias_of=None).count()


def is_named_by_facts(source: Reference) -> bool:
    """Return whether a stored fact names it, of a public page or not."""
    return DimensionValue.objects.filter(references=source.pk).exists()


def has_checked_facts(reviewer: Reviewer) -> bool:
    return DimensionValue.objects.filter(checked_by=reviewer.pk).exists()


def supersede(source: Reference) -> Instead:
    return Instead(_("Name another source in those facts, or say what supersedes it."))


def keep(reviewer: Reviewer) -> Instead:
    return Instead(_("Facts say that they checked them. Take their account away instead."))


def _gone(prefix: str = "") -> Q:
    """Return a condition: not published, or past its expiry."""
    expired = Q(**{f"{prefix}expire_at__lte": timezone.now()})
    return Q(**{f"{prefix}live": False}) | expired


def _on_sources() -> Iterator[LeaningFact]:
    bad = _gone("reference__") | Q(reference__superseded_by__isnull=False)
    rows = DimensionValue.references.through.objects.filter(
        bad, dimensionvalue__therapy__live=True, dimensionvalue__therapy__alias_of=None
    )
    related = ("reference__superseded_by", "dimensionvalue__therapy", "dimensionvalue__dimension")
    for row in rows.select_related(*related):
        value = row.dimensionvalue
        yield LeaningFact(value.therapy, str(value), str(row.reference), _why(row.reference))


def _on_evidence() -> Iterator[LeaningFact]:
    bad = _gone("reference__") | Q(reference__superseded_by__isnull=False)
    rows = TherapyEvidence.objects.filter(bad, therapy__live=True, therapy__alias_of=None)
    for row in rows.select_related("reference__superseded_by", "therapy", "concern"):
        if row.reference:
            yield LeaningFact(row.therapy, str(row), str(row.reference), _why(row.reference))


def _on_dimensions() -> Iterator[LeaningFact]:
    rows = DimensionValue.objects.filter(_gone("dimension__"), therapy__live=True, therapy__alias_of=None)
    for row in rows.select_related("therapy", "dimension"):
        yield LeaningFact(
            row.therapy, str(row), str(row.dimension), _("The point of comparison is taken down.")
        )


def _why(source: Reference) -> str | Promise:
    return _("Superseded by a newer source.") if source.superseded_by_id else _("The source is taken down.")
