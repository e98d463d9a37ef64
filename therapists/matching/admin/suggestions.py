"""The panel beside an enquiry: who is suggested, why, and who was left out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.functional import Promise

from therapists.enquiries.models import Enquiry, StoredSuggestion, StoredSuggestionRun
from therapists.matching.admin.rank_again import RankAgainForm
from therapists.matching.engine.eligibility import Exclusion
from therapists.matching.engine.shortlist import Excluded, Rung, Shortlist
from therapists.matching.services import ReplayDiffers, replay
from therapists.matching.text.matcher import CRITERION_NAMES, EXCLUSION_NAMES, RUNG_NAMES
from therapists.models import TherapistPage


@dataclass(frozen=True, slots=True)
class Suggested:
    stored: StoredSuggestion
    #: The criteria in words, each with its points. They sum to the score.
    contributions: list[tuple[Promise, float]]


@dataclass(frozen=True, slots=True)
class LeftOut:
    why: str | Promise
    count: int
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SuggestionsPanel:
    """The latest run. Where it cannot be replayed, only the stored result is shown."""

    template_name = "matching/admin/suggestions.html"

    run: StoredSuggestionRun | None = None
    suggested: list[Suggested] = field(default_factory=list)
    eased: str | Promise = ""
    replays: bool = False
    left_out: list[LeftOut] = field(default_factory=list)
    #: How many more fit than are listed.
    further_down: int = 0
    rank_again: RankAgainForm | None = None


def suggestions_panel(enquiry: Enquiry) -> SuggestionsPanel:
    rank_again = RankAgainForm(enquiry) if RankAgainForm.is_offered(enquiry) else None
    run = enquiry.suggestion_runs.prefetch_related(
        Prefetch("suggestions", StoredSuggestion.objects.select_related("therapist"))
    ).first()
    if run is None:
        return SuggestionsPanel(rank_again=rank_again)
    try:
        again = replay(run)
    except ReplayDiffers:
        again = None
    stored = list(run.suggestions.all())
    return SuggestionsPanel(
        run=run,
        suggested=[Suggested(one, _in_words(one)) for one in stored],
        eased=RUNG_NAMES[Rung(run.rung)] if run.rung in RUNG_NAMES else run.rung,
        replays=again is not None,
        left_out=_by_reason(_not_suggested(again)) if again else _counted(run),
        further_down=_further_down(again, stored) if again else 0,
        rank_again=rank_again,
    )


def _in_words(suggestion: StoredSuggestion) -> list[tuple[Promise, float]]:
    """Return the points in the order of the criteria: JSON in the database keeps no order."""
    return [
        (name, suggestion.contributions[criterion])
        for criterion, name in CRITERION_NAMES.items()
        if criterion in suggestion.contributions
    ]


def _not_suggested(result: Shortlist) -> list[Excluded]:
    """Return those who were excluded and not let in by easing a limit."""
    let_in = {suggestion.ranked.candidate.therapist_id for suggestion in result.suggestions}
    return [excluded for excluded in result.excluded if excluded.therapist_id not in let_in]


def _by_reason(left_out: Iterable[Excluded]) -> list[LeftOut]:
    therapists: defaultdict[Exclusion, list[int]] = defaultdict(list)
    for one in left_out:
        for why in one.why:
            therapists[why].append(one.therapist_id)
    keys = {key for group in therapists.values() for key in group}
    names = dict(TherapistPage.objects.filter(pk__in=keys).values_list("pk", "title"))
    return [
        LeftOut(
            EXCLUSION_NAMES[why],
            len(therapists[why]),
            sorted(names[key] for key in therapists[why] if key in names),
        )
        for why in Exclusion
        if why in therapists
    ]


def _counted(run: StoredSuggestionRun) -> list[LeftOut]:
    return [
        LeftOut(EXCLUSION_NAMES[Exclusion(why)] if why in EXCLUSION_NAMES else why, count)
        for why, count in run.excluded.items()
    ]


def _further_down(result: Shortlist, stored: list[StoredSuggestion]) -> int:
    return len(result.fitting.difference(suggestion.therapist_id for suggestion in stored))
