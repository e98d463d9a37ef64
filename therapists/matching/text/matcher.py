"""Texts that only a matcher reads: scores, places, and why someone was left out. Never for a visitor."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from therapists.matching.engine.criteria import Criterion
from therapists.matching.engine.eligibility import Exclusion
from therapists.matching.engine.ordering import DecidedBy, Ranked
from therapists.matching.engine.shortlist import Rung

CRITERION_NAMES: dict[Criterion, Promise] = {
    Criterion.CONCERN: gettext_lazy("What brings them"),
    Criterion.TIMES: gettext_lazy("Times"),
    Criterion.APPROACH: gettext_lazy("Kind of therapy"),
    Criterion.PREFERENCES: gettext_lazy("Wishes about the therapist"),
    Criterion.START: gettext_lazy("Start"),
    Criterion.FEE: gettext_lazy("Fee"),
}

RUNG_NAMES: dict[Rung, Promise] = {
    Rung.OTHER_TIMES: gettext_lazy("other times than the only ones they can do"),
    Rung.PLACE_SOON: gettext_lazy("a place that opens within four weeks"),
    Rung.REDUCED_FEE: gettext_lazy("a reduced fee"),
    Rung.ADJACENT_CONCERN: gettext_lazy("a concern that often comes together with theirs"),
}

EXCLUSION_NAMES: dict[Exclusion, Promise] = {
    Exclusion.NOT_PUBLISHED: gettext_lazy("Profile not public"),
    Exclusion.NOT_REGISTERED: gettext_lazy("No registration in date"),
    Exclusion.NOT_INSURED: gettext_lazy("No insurance in date"),
    Exclusion.PAUSED: gettext_lazy("Takes no new clients at the moment"),
    Exclusion.CLIENT_GROUP: gettext_lazy("Does not see this client group"),
    Exclusion.FORMAT: gettext_lazy("Meets in none of the ways asked for"),
    Exclusion.LANGUAGE: gettext_lazy("Does not speak the essential language"),
    Exclusion.GENDER: gettext_lazy("Not of the essential gender, or does not say"),
    Exclusion.DOES_NOT_TAKE: gettext_lazy("Does not take one of the concerns"),
    Exclusion.DECLINED_BEFORE: gettext_lazy("Has said no to this enquiry, or did not answer"),
    Exclusion.FEE_ABOVE_LIMIT: gettext_lazy("Fee above the most they can pay"),
    Exclusion.NO_SHARED_TIME: gettext_lazy("Works at none of the only times they can do"),
    Exclusion.NO_PLACE: gettext_lazy("No place left"),
    Exclusion.CONCERN_NOT_COVERED: gettext_lazy("Does not name the main concern"),
}


def matcher_note(ranked: Ranked) -> str:
    """“86.2; level with 2 others; first because 1 of 4 places is used.”"""
    parts = [f"{ranked.score.total:.1f}"]
    if ranked.level_with:
        parts.append(
            ngettext("level with one other", "level with %(count)s others", ranked.level_with)
            % {"count": ranked.level_with}
        )
    if because := _because(ranked):
        place = _("first %(because)s") if ranked.is_first else _("before the next %(because)s")
        parts.append(place % {"because": because})
    return "; ".join(parts)


def _because(ranked: Ranked) -> str:
    """Say what decided the order within the band; empty where the score alone did."""
    match ranked.decided_by:
        case DecidedBy.LOAD:
            return ngettext(
                "because %(used)s of %(places)s places is used",
                "because %(used)s of %(places)s places are used",
                ranked.candidate.places_used,
            ) % {"used": ranked.candidate.places_used, "places": ranked.candidate.places}
        case DecidedBy.LAST_OFFER:
            return _("because the last offer was longer ago")
        case DecidedBy.BUDGET:
            return _("because the fee is within their budget")
        case DecidedBy.DRAW:
            return _("by a draw made for this enquiry")
        case DecidedBy.FIT:
            return ""
