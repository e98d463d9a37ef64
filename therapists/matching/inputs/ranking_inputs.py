"""The criteria of the ranking, from a visitor's answers."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from therapies.models import ConcernPage
from therapists.enquiries.answers import EnquiryAnswers
from therapists.enquiries.enums import StartHorizon
from therapists.matching.engine.criteria import Criteria
from therapists.matching.inputs.candidates import candidates_on
from therapists.matching.inputs.uk_time import in_uk_time
from therapists.models import Availability, TherapistPage
from therapists.models.availability import bookings_on


def criteria_for(
    answers: EnquiryAnswers,
    *,
    draw_key: str,
    as_of: date,
    related: Mapping[int, frozenset[int]],
    declined_by: frozenset[int] = frozenset(),
) -> Criteria:
    start_within = answers.start_within
    return Criteria(
        draw_key=draw_key,
        main_concern=answers.main_concern,
        other_concerns=frozenset(answers.concerns) - {answers.main_concern},
        related_concerns={concern: related[concern] for concern in answers.concerns},
        therapies=frozenset(answers.approaches),
        genders=frozenset(map(str, answers.genders)),
        gender_is_essential=answers.gender_is_essential,
        languages=frozenset(map(str, answers.languages)),
        language_is_essential=answers.language_is_essential,
        formats=frozenset(map(str, answers.formats)),
        matters_most=str(answers.matters_most) if answers.matters_most else None,
        client_group=str(answers.client_group),
        slots=in_uk_time(answers.slots, answers.time_zone, as_of),
        only_these_times=answers.only_these_slots,
        start_by=as_of + timedelta(weeks=int(start_within)) if start_within else None,
        budget=answers.budget,
        budget_is_firm=answers.budget_is_firm,
        declined_by=declined_by,
        unsure_since=None if answers.concerns else bookings_on(as_of).practice_time.first_day(as_of),
    )


def related_concerns(concerns: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return for each concern the public ones that often come with it. One query for all."""
    related: dict[int, set[int]] = {concern: set() for concern in concerns}
    public = ConcernPage.objects.published()
    pairs = ConcernPage.adjacent.through.objects.filter(
        from_concernpage__in=related, to_concernpage__in=public
    )
    for concern, adjacent in pairs.values_list("from_concernpage_id", "to_concernpage_id"):
        related[concern].add(adjacent)
    return {concern: frozenset(adjacent) for concern, adjacent in related.items()}


def possible_starts(today: date) -> list[StartHorizon]:
    """Return how soon somebody who asks today can begin; all of them where nobody keeps a diary.

    The form offers nothing sooner. It asks the candidates: who makes the choice meets the same people.
    """
    firsts = [candidate.available_from for candidate in candidates_on(today) if candidate.available_from]
    if firsts:
        return [horizon for horizon in StartHorizon if min(firsts) <= today + timedelta(weeks=horizon)]
    diaries = Availability.objects.filter(therapist__in=TherapistPage.objects.published())
    return [] if diaries.exists() else list(StartHorizon)
