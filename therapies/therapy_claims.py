"""What the claims of a page are held against: the recorded evidence and facts."""

from collections.abc import Iterator

from django.db.models import prefetch_related_objects
from wagtail.models import Page

from core.claim_findings import ClaimFinding, PagePassage, finding
from core.claims import passages_of
from core.models import ReviewedPage
from therapies.claims.wording import (
    RULES,
    KnownEvidence,
    hard_words,
    promises,
    says_that_it_helps,
    unsupported_efficacy,
)
from therapies.enums import EvidenceLevel
from therapies.facts_and_words import contradictions_on
from therapies.models import ConcernPage, TherapyEvidence, TherapyPage

#: The levels on which a claim that something helps can rest.
SUPPORTS = [
    level for level in EvidenceLevel if level.is_in_favour and level != EvidenceLevel.CLINICAL_EXPERIENCE
]
OF_EVERY_PAGE = [
    RULES[key].rule for key in ("promise", "efficacy", "contradiction", "withdrawn-source", "reading-age")
]


def page_claims(page: Page) -> Iterator[ClaimFinding]:
    """Yield what is wrong with the claims of any page."""
    passages = passages_of(page)
    yield from promises(passages)
    if says_that_it_helps(passages):
        yield from unsupported_efficacy(passages, _known(page))
    for found in contradictions_on(page):
        yield ClaimFinding(RULES["contradiction"].rule.key, "body", found.quote, found.message)
    if isinstance(page, TherapyPage):
        yield from _on_withdrawn_sources(page)
    if isinstance(page, ReviewedPage):
        yield from hard_words("body", _prose(passages))


def _on_withdrawn_sources(page: TherapyPage) -> Iterator[ClaimFinding]:
    """Yield the rows of a draft whose every source is taken down, in a constant number of queries."""
    rule = RULES["withdrawn-source"].rule
    values = [value for value in page.values.all() if value.pk is not None]
    prefetch_related_objects(values, "dimension", "references")
    for value in values:
        if value.is_source_withdrawn:
            yield finding(rule, PagePassage("facts", value.answer), str(value))
    evidence = [row for row in page.evidence.all() if row.reference_id]
    prefetch_related_objects(evidence, "reference")
    for row in evidence:
        if row.is_source_withdrawn:
            yield finding(rule, PagePassage("evidence", row.note), str(row))


def _prose(passages: list[PagePassage]) -> list[PagePassage]:
    return [one for one in passages if one.field in {"summary", "body", "overall"}]


def _known(page: Page) -> KnownEvidence:
    therapies = {one.pk: one for one in TherapyPage.objects.published().defer("body")}
    concerns = {one.pk: one for one in ConcernPage.objects.published().defer("body")}
    rows = TherapyEvidence.objects.filter(level__in=SUPPORTS).values_list("therapy", "concern")
    pairs = {(therapy, concern) for therapy, concern in rows if therapy != page.pk}
    if isinstance(page, TherapyPage):
        therapies[page.pk] = page
        pairs |= {(page.pk, row.concern_id) for row in page.evidence.all() if row.level in SUPPORTS}
    if isinstance(page, ConcernPage):
        concerns[page.pk] = page
        pairs |= {(row.therapy_id, page.pk) for row in page.evidence.all() if row.level in SUPPORTS}
    return KnownEvidence(
        {str(pk): [one.title, one.abbreviation, *one.other_names] for pk, one in therapies.items()},
        {str(pk): [one.title, *one.also_called] for pk, one in concerns.items()},
        frozenset((str(therapy), str(concern)) for therapy, concern in pairs),
        therapy=str(page.pk) if isinstance(page, TherapyPage) else "",
        concern=str(page.pk) if isinstance(page, ConcernPage) else "",
    )
