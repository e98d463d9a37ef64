"""From a visitor's answers to suggestions: the one door to the matching for pages, the API and the admin."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from therapies.models import ConcernPage, TherapyPage
from therapists.enquiries.answers import EnquiryAnswers, RankedTherapist, SuggestionRun
from therapists.enquiries.models import Enquiry, StoredSuggestionRun
from therapists.enquiries.services.submit import store_suggestions
from therapists.matching.engine.criteria import CURRENT_WEIGHTS, Criteria
from therapists.matching.engine.eligibility import Exclusion, exclusions
from therapists.matching.engine.ordering import Ranked, rank
from therapists.matching.engine.reasons import explain, standing
from therapists.matching.engine.shortlist import Rung, Shortlist, Suggestion, needed_rungs
from therapists.matching.engine.snapshot import Inputs, from_plain
from therapists.matching.inputs.answers import criteria_for, related_concerns
from therapists.matching.inputs.candidates import load_candidates
from therapists.matching.inputs.uk_time import UK
from therapists.matching.inputs.workloads import workloads
from therapists.matching.text.matcher import matcher_note
from therapists.matching.text.visitor import Names, sentence, why_not

#: The matcher sees this many of the ranking; whoever is below is never needed.
LONGEST_STORED_RANKING = 12


@dataclass(frozen=True, slots=True)
class Explained:
    """One suggestion in words."""

    therapist_id: int
    suggestion: Suggestion
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    inputs: Inputs
    result: Shortlist
    suggestions: tuple[Explained, ...]
    names: Names

    def run_to_keep(self) -> SuggestionRun:
        """What is stored with the enquiry: the suggestions first, then the rest of the ranking."""
        shown = [explained.therapist_id for explained in self.suggestions]
        rest = [
            Suggestion(ranked, ())
            for ranked in self.result.ranking
            if ranked.candidate.therapist_id not in shown
        ]
        kept = [
            *self.suggestions,
            *(explained(self.inputs.criteria, suggestion, self.names) for suggestion in rest),
        ][:LONGEST_STORED_RANKING]
        return SuggestionRun(
            weights_version=self.inputs.weights_version,
            as_of=self.inputs.as_of,
            inputs_hash=self.inputs.digest(),
            inputs=self.inputs.to_plain(),
            suggestions=tuple(_to_keep(one) for one in kept),
            excluded={str(why): count for why, count in self.result.excluded_counts().items()},
            rung=_highest_rung(self.result),
        )


def find_match(
    answers: EnquiryAnswers, *, draw_key: str, as_of: date, declined_by: frozenset[int] = frozenset()
) -> Match:
    """Stateless: reads the therapists of today, stores nothing."""
    criteria = criteria_for(
        answers,
        draw_key=draw_key,
        as_of=as_of,
        related=related_concerns(answers.concerns),
        declined_by=declined_by,
    )
    inputs = Inputs(
        criteria=criteria,
        candidates=tuple(load_candidates(as_of, workloads(as_of))),
        as_of=as_of,
        weights_version=CURRENT_WEIGHTS.version,
        agreed=frozenset({Rung.REDUCED_FEE}) if answers.wants_reduced_fee else frozenset(),
    )
    result = inputs.run()
    names = names_for(criteria, answers.time_zone)
    suggestions = tuple(explained(criteria, suggestion, names) for suggestion in result.suggestions)
    return Match(inputs, result, suggestions, names)


def rank_again(enquiry: Enquiry, as_of: date) -> Match:
    """The ranking of today for a stored enquiry, without the therapists who refused it."""
    return find_match(
        enquiry.answers(),
        draw_key=str(enquiry.draw_key),
        as_of=as_of,
        declined_by=frozenset(enquiry.offers.refused().values_list("therapist", flat=True)),
    )


@transaction.atomic
def store_new_ranking(enquiry_id: UUID, as_of: date) -> StoredSuggestionRun:
    """Rank again, and keep it beside the runs before it."""
    enquiry = Enquiry.objects.locked(enquiry_id)
    return store_suggestions(enquiry, rank_again(enquiry, as_of).run_to_keep())


class NotTheSame(Exception):
    """What was stored of a run does not give the answer that was stored with it."""


def replay(run: StoredSuggestionRun) -> Shortlist:
    """The answer of an earlier run once more, from its own inputs and its own version of the weights."""
    try:
        inputs = from_plain(run.inputs)
        result = inputs.run()
    except (KeyError, TypeError, ValueError) as unreadable:
        raise NotTheSame("inputs") from unreadable
    if inputs.digest() != run.inputs_hash:
        raise NotTheSame("inputs")
    again = [suggestion.ranked.candidate.therapist_id for suggestion in result.suggestions]
    stored = [suggestion.therapist_id for suggestion in run.suggestions.all()]
    if stored[: len(again)] != again:
        raise NotTheSame("order")
    return result


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """The therapist that a visitor asked for by name: how they fit, or why they cannot be suggested."""

    explained: Explained | None
    why_not: tuple[str, ...]


def asked_about(match: Match, therapist: int) -> AskedAbout:
    """Asking for someone by name eases the visitor's own limits, never an essential."""
    criteria, as_of = match.inputs.criteria, match.inputs.as_of
    found = [candidate for candidate in match.inputs.candidates if candidate.therapist_id == therapist]
    if not found:
        return AskedAbout(None, (why_not(Exclusion.NOT_PUBLISHED),))
    why = exclusions(criteria, found[0], as_of)
    eased = needed_rungs(criteria, found[0], why, as_of)
    if eased is None:
        return AskedAbout(None, tuple(why_not(reason) for reason in why))
    [ranked] = rank(criteria, found)
    return AskedAbout(explained(criteria, Suggestion(ranked, eased), match.names), ())


def names_for(criteria: Criteria, time_zone: str) -> Names:
    concerns = criteria.concerns.union(*criteria.related_concerns.values())
    return Names(
        concerns=dict(ConcernPage.objects.filter(pk__in=concerns).values_list("pk", "title")),
        therapies=dict(TherapyPage.objects.filter(pk__in=criteria.therapies).values_list("pk", "title")),
        says_uk_time=time_zone != UK,
    )


def explained(criteria: Criteria, suggestion: Suggestion, names: Names) -> Explained:
    explanation = explain(criteria, suggestion)
    return Explained(
        therapist_id=suggestion.ranked.candidate.therapist_id,
        suggestion=suggestion,
        reasons=tuple(sentence(reason, names) for reason in explanation.reasons),
        cautions=tuple(sentence(caution, names) for caution in explanation.cautions),
    )


def _to_keep(one: Explained) -> RankedTherapist:
    ranked: Ranked = one.suggestion.ranked
    return RankedTherapist(
        therapist=one.therapist_id,
        score=ranked.score.total,
        contributions={str(part.criterion): part.points for part in ranked.score.contributions},
        reasons=one.reasons,
        cautions=one.cautions,
        matcher_note=matcher_note(standing(ranked)),
    )


def _highest_rung(result: Shortlist) -> str:
    reached = [rung for suggestion in result.suggestions for rung in suggestion.eased]
    return str(max(reached, key=list(Rung).index)) if reached else ""
