"""Rank therapists for a visitor's answers, store a ranking, replay one: for pages, the API and the admin."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from wagtail.query import PageQuerySet

from core.languages import active_language, default_language, override_language, versions_in
from therapies.models import ConcernPage, TherapyPage
from therapists.enquiries.answers import EnquiryAnswers, RankedTherapist, SuggestionRun
from therapists.enquiries.models import Enquiry, StoredSuggestionRun
from therapists.enquiries.services.submit import store_suggestions
from therapists.matching.engine.criteria import CURRENT_WEIGHTS, Criteria
from therapists.matching.engine.eligibility import Exclusion, exclusions
from therapists.matching.engine.ordering import Ranked, rank
from therapists.matching.engine.reasons import explain
from therapists.matching.engine.shortlist import (
    LONGEST_RANKING,
    Rung,
    Shortlist,
    ShortlistedTherapist,
    needed_rungs,
)
from therapists.matching.engine.snapshot import RankingInputs, digest_of, from_plain
from therapists.matching.inputs.candidates import candidates_on
from therapists.matching.inputs.ranking_inputs import criteria_for, related_concerns
from therapists.matching.inputs.uk_time import UK
from therapists.matching.text.matcher import matcher_note
from therapists.matching.text.visitor import PageTitles, sentence, why_not


@dataclass(frozen=True, slots=True)
class ExplainedSuggestion:
    """A suggestion with its sentences for the visitor."""

    therapist_id: int
    suggestion: ShortlistedTherapist
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    inputs: RankingInputs
    result: Shortlist
    suggestions: tuple[ExplainedSuggestion, ...]
    titles: PageTitles

    def run_to_store(self) -> SuggestionRun:
        """Return what is stored with the enquiry: the suggestions first, then the rest of the ranking.

        People of the practice read it: its sentences are in the usual language, whatever the visitor's is.
        """
        shown = [explained.therapist_id for explained in self.suggestions]
        rest = [
            ShortlistedTherapist(ranked, ())
            for ranked in self.result.ranking
            if ranked.candidate.therapist_id not in shown
        ]
        kept = [*(one.suggestion for one in self.suggestions), *rest][:LONGEST_RANKING]
        criteria, titles = self.inputs.criteria, self.titles
        with override_language(default_language()):
            if active_language():
                titles = page_titles(criteria, says_uk_time=titles.says_uk_time)
            suggestions = tuple(_to_store(explained(criteria, one, titles)) for one in kept)
        inputs = self.inputs.to_plain()
        return SuggestionRun(
            weights_version=self.inputs.weights_version,
            as_of=self.inputs.as_of,
            inputs_hash=digest_of(inputs),
            inputs=inputs,
            suggestions=suggestions,
            excluded={str(why): count for why, count in self.result.excluded_counts().items()},
            rung=_highest_rung(self.result),
        )


def find_match(
    answers: EnquiryAnswers, *, draw_key: str, as_of: date, declined_by: frozenset[int] = frozenset()
) -> Match:
    """Rank the therapists of today for these answers. Nothing is stored.

    `draw_key` seeds the draw among equals; `declined_by` holds therapists who are left out.
    """
    criteria = criteria_for(
        answers,
        draw_key=draw_key,
        as_of=as_of,
        related=related_concerns(answers.concerns),
        declined_by=declined_by,
    )
    inputs = RankingInputs(
        criteria=criteria,
        candidates=candidates_on(as_of),
        as_of=as_of,
        weights_version=CURRENT_WEIGHTS.version,
        agreed=frozenset({Rung.REDUCED_FEE}) if answers.wants_reduced_fee else frozenset(),
    )
    result = inputs.run()
    titles = page_titles(criteria, says_uk_time=answers.time_zone != UK)
    suggestions = tuple(explained(criteria, suggestion, titles) for suggestion in result.suggestions)
    return Match(inputs, result, suggestions, titles)


def rank_again(enquiry: Enquiry, as_of: date) -> Match:
    """Rank the therapists of today for a stored enquiry, without those who refused it."""
    return find_match(
        enquiry.answers(),
        draw_key=str(enquiry.draw_key),
        as_of=as_of,
        declined_by=frozenset(enquiry.offers.refused().values_list("therapist", flat=True)),
    )


@transaction.atomic
def store_new_ranking(enquiry_id: UUID, as_of: date) -> StoredSuggestionRun:
    """Rank again and store the run beside the earlier ones."""
    enquiry = Enquiry.objects.locked(enquiry_id)
    return store_suggestions(enquiry, rank_again(enquiry, as_of).run_to_store())


class ReplayDiffers(Exception):
    """The stored input of a run does not give the stored result."""


def replay(run: StoredSuggestionRun) -> Shortlist:
    """Compute a stored run again, from its own input and its own version of the weights.

    Raise ReplayDiffers where the result is not the stored one.
    """
    try:
        inputs = from_plain(run.inputs)
        result = inputs.run()
    except (KeyError, TypeError, ValueError) as unreadable:
        raise ReplayDiffers("inputs") from unreadable
    if inputs.digest() != run.inputs_hash:
        raise ReplayDiffers("inputs")
    again = [suggestion.ranked.candidate.therapist_id for suggestion in result.suggestions]
    stored = [suggestion.therapist_id for suggestion in run.suggestions.all()]
    if stored[: len(again)] != again:
        raise ReplayDiffers("order")
    return result


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """The therapist that a visitor asked for by name: how they fit, or why they cannot be suggested."""

    explained: ExplainedSuggestion | None
    why_not: tuple[str, ...]


def judge_asked_about(match: Match, therapist: int) -> AskedAbout:
    """Judge the therapist that a visitor asked for: that eases the visitor's limits, never an essential."""
    criteria, as_of = match.inputs.criteria, match.inputs.as_of
    found = [candidate for candidate in match.inputs.candidates if candidate.therapist_id == therapist]
    if not found:
        return AskedAbout(None, (why_not(Exclusion.NOT_PUBLISHED),))
    why = exclusions(criteria, found[0], as_of)
    eased = needed_rungs(criteria, found[0], why, as_of)
    if eased is None:
        return AskedAbout(None, tuple(why_not(reason) for reason in why))
    [ranked] = rank(criteria, found)
    return AskedAbout(explained(criteria, ShortlistedTherapist(ranked, eased), match.titles), ())


def page_titles(criteria: Criteria, *, says_uk_time: bool) -> PageTitles:
    """Return the titles that sentences name, in the active language where there is such a version."""
    concerns = criteria.concerns.union(*criteria.related_concerns.values())
    return PageTitles(
        concerns=_titles(ConcernPage.objects.filter(pk__in=concerns)),
        therapies=_titles(TherapyPage.objects.filter(pk__in=criteria.therapies)),
        says_uk_time=says_uk_time,
    )


def _titles(pages: PageQuerySet) -> dict[int, str]:
    if active_language() == default_language():
        return dict(pages.values_list("pk", "title"))
    chosen = list(pages)
    versions = versions_in(active_language(), chosen)
    return {page.pk: versions.get(page.pk, page).title for page in chosen}


def explained(
    criteria: Criteria, suggestion: ShortlistedTherapist, titles: PageTitles
) -> ExplainedSuggestion:
    explanation = explain(criteria, suggestion)
    return ExplainedSuggestion(
        therapist_id=suggestion.ranked.candidate.therapist_id,
        suggestion=suggestion,
        reasons=tuple(sentence(reason, titles) for reason in explanation.reasons),
        cautions=tuple(sentence(caution, titles) for caution in explanation.cautions),
    )


def _to_store(one: ExplainedSuggestion) -> RankedTherapist:
    ranked: Ranked = one.suggestion.ranked
    return RankedTherapist(
        therapist=one.therapist_id,
        score=ranked.score.total,
        contributions={str(part.criterion): part.points for part in ranked.score.contributions},
        reasons=one.reasons,
        cautions=one.cautions,
        matcher_note=matcher_note(ranked),
    )


def _highest_rung(result: Shortlist) -> str:
    reached = [rung for suggestion in result.suggestions for rung in suggestion.eased]
    return str(max(reached, key=list(Rung).index)) if reached else ""
