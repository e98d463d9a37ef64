"""What only a matcher reads: scores, places, and why someone was left out. Never for a visitor."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from therapists.matching.criteria import Criterion
from therapists.matching.ordering import DecidedBy
from therapists.matching.reasons import Standing

CRITERION_NAMES: dict[Criterion, Promise] = {
    Criterion.CONCERN: gettext_lazy("What brings them"),
    Criterion.TIMES: gettext_lazy("Times"),
    Criterion.APPROACH: gettext_lazy("Kind of therapy"),
    Criterion.PREFERENCES: gettext_lazy("Wishes about the therapist"),
    Criterion.START: gettext_lazy("Start"),
    Criterion.FEE: gettext_lazy("Fee"),
}


def matcher_note(standing: Standing) -> str:
    """“86.2; level with 2 others; before the next because 1 of 4 places is used.”"""
    parts = [f"{standing.score:.1f}"]
    if standing.level_with:
        parts.append(
            ngettext("level with one other", "level with %(count)s others", standing.level_with)
            % {"count": standing.level_with}
        )
    before = {
        DecidedBy.LOAD: ngettext(
            "before the next because %(used)s of %(places)s places is used",
            "before the next because %(used)s of %(places)s places are used",
            standing.places_used,
        ),
        DecidedBy.LAST_OFFER: _("before the next because the last offer was longer ago"),
        DecidedBy.DRAW: _("before the next by a draw made for this enquiry"),
    }.get(standing.decided_by)
    if before:
        parts.append(before % {"used": standing.places_used, "places": standing.places})
    return "; ".join(parts)
