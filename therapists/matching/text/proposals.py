"""What a matcher reads of a proposal: why it comes first, and a sentence for each term of its worth."""

from collections.abc import Mapping

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from therapists.enquiries.models import StoredProposal
from therapists.matching.engine.criteria import Candidate
from therapists.matching.engine.proposals import FirstBecause, NotProposedBecause, WorthRule


def points(value: float) -> str:
    """Return such as “1,135” or “86.2”."""
    rounded = round(value, 1)
    return number_format(rounded, 0 if rounded == int(rounded) else 1, force_grouping=True)


def why_first(proposal: StoredProposal) -> str:
    """Say what put this enquiry before the others who could have this place."""
    others = {"count": apnumber(proposal.rivals)}
    match FirstBecause(proposal.because):
        case FirstBecause.FEW_CHOICES:
            few = ngettext(
                "only one therapist could ever take this person",
                "only %(count)s therapists could ever take this person",
                proposal.choices,
            ) % {"count": apnumber(proposal.choices)}
            more = ngettext(
                "the one other who could have this place has more to choose from",
                "%(count)s others who could have this place have more to choose from",
                proposal.rivals,
            )
            return _("First, because %(few)s, and %(more)s.") % {"few": few, "more": more % others}
        case FirstBecause.WAITED:
            said = ngettext(
                "First, because they have waited longer than the one other who could have this place.",
                "First, because they have waited longer than the %(count)s others who could have this place.",
                proposal.rivals,
            )
        case FirstBecause.FIT:
            said = ngettext(
                "First, because the two fit better than with the one other who could have this place.",
                "First, because the two fit better than with the %(count)s others who could have this place.",
                proposal.rivals,
            )
        case FirstBecause.TOGETHER:
            said = ngettext(
                "One other could have this place. Looked at together, those who wait are best off so.",
                "%(count)s others could have this place. Looked at together, those who wait are best off so.",
                proposal.rivals,
            )
        case FirstBecause.UNCONTESTED:
            return _("Nobody else goes without because of this.")
    return _capital(said % others)


def better_elsewhere(proposal: StoredProposal) -> str:
    """Say that somebody would suit them more, and why it is not proposed; empty where nobody would."""
    if not proposal.worth_more:
        return ""
    said = ngettext(
        "One other therapist with a place would suit them more. That place does more for somebody else.",
        "%(count)s other therapists with a place would suit them more. Those places do more for others.",
        proposal.worth_more,
    )
    return _capital(said % {"count": apnumber(proposal.worth_more)})


def terms_in_words(
    proposal: StoredProposal, days_waited: int, therapist: Candidate, rule: WorthRule
) -> list[str]:
    """Return a sentence for each term, in the order of the sum. `therapist`: as they were then."""
    terms = proposal.terms
    return [
        _("%(points)s points for having somebody to ask, which counts most.")
        % {"points": points(terms["proposed"])},
        _waited(terms["waited"], days_waited, rule),
        _few_choices(terms["few_choices"], proposal.choices),
        _("%(points)s points for how well the two fit, out of 100.") % {"points": points(terms["fit"])},
        _share_used(terms["share_used"], therapist),
    ]


def _waited(term: float, days: int, rule: WorthRule) -> str:
    if not days:
        return _("No points for waiting: they wrote today.")
    said = ngettext(
        "%(points)s points for one day of waiting.",
        "%(points)s points for %(days)s days of waiting, %(each)s for each.",
        days,
    )
    return said % {"points": points(term), "days": apnumber(days), "each": points(rule.day_waited)}


def _few_choices(term: float, choices: int) -> str:
    if term:
        said = ngettext(
            "%(points)s points because only one therapist could ever take them.",
            "%(points)s points because only %(choices)s therapists could ever take them.",
            choices,
        )
    else:
        said = _("No points for having few to choose from: %(choices)s therapists could take them.")
    return said % {"points": points(term), "choices": apnumber(choices)}


def _share_used(term: float, therapist: Candidate) -> str:
    used = {"points": points(-term), "used": therapist.places_used, "places": therapist.places}
    if not therapist.places_used:
        return _("No points less: none of their places is in use.")
    said = ngettext(
        "%(points)s points less, because %(used)s of their %(places)s places is in use.",
        "%(points)s points less, because %(used)s of their %(places)s places are in use.",
        therapist.places_used,
    )
    return said % used


def why_nobody(because: str) -> str:
    return {
        NotProposedBecause.NO_ONE_FITS: _("No therapist meets what is essential to them."),
        NotProposedBecause.NO_PLACE_TODAY: _("Nobody who could take them has a place today."),
        NotProposedBecause.OTHERS_FIRST: _("The places that would suit them go to others today."),
    }[NotProposedBecause(because)]


def counted(names: Mapping[str, str]) -> str:
    """Return such as “REF-7K3F-29 (Dr Sample), REF-2XYZ-11 (Dr Other)”."""
    return ", ".join(f"{reference} ({name})" for reference, name in names.items())


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
