"""How soon somebody who asks now can really begin, so that the form offers nothing sooner."""

from datetime import date, timedelta

from therapists.enquiries.enums import StartHorizon
from therapists.matching.inputs.ranking_inputs import candidates_on
from therapists.models import Availability, TherapistPage


def possible_starts(today: date) -> list[StartHorizon]:
    """Return how soon somebody who asks today can begin; all of them where nobody keeps a diary.

    It asks the candidates of the ranking, which are remembered: who makes the choice meets the same people.
    """
    firsts = [candidate.available_from for candidate in candidates_on(today) if candidate.available_from]
    if firsts:
        return [horizon for horizon in StartHorizon if min(firsts) <= today + timedelta(weeks=horizon)]
    diaries = Availability.objects.filter(therapist__in=TherapistPage.objects.published())
    return [] if diaries.exists() else list(StartHorizon)
