"""The sentences that visitors read, made from the codes of `reasons`.

Never a percentage, never "perfect", never a promise of outcome.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from therapists.enums import DayPart, Gender, Language, Weekday
from therapists.matching.engine.criteria import Slot
from therapists.matching.engine.eligibility import Exclusion
from therapists.matching.engine.reasons import Said, Statement
from therapists.models.practice import in_pounds

#: More times than this are counted, not listed.
MOST_TIMES_NAMED = 3


@dataclass(frozen=True, slots=True)
class Names:
    """What concerns and therapies are called, by key."""

    concerns: Mapping[int, str]
    therapies: Mapping[int, str]
    #: The visitor lives by another clock, so that times say whose they are.
    says_uk_time: bool = False


def sentence(statement: Statement, names: Names) -> str:
    return _SENTENCES[statement.said](statement, names)


def and_list(words: Iterable[str]) -> str:
    return get_text_list(list(words), _("and"))


def or_list(words: Iterable[str]) -> str:
    return get_text_list(list(words), _("or"))


def slot_name(slot: Slot) -> str:
    weekday, part = slot
    return _("%(day)s %(part)s") % {"day": Weekday(weekday).label, "part": DayPart(part).label.lower()}


def _concerns(statement: Statement, names: Names) -> str:
    return and_list(f"“{names.concerns[key]}”" for key in statement.concerns)


def _therapies(statement: Statement, names: Names) -> str:
    return and_list(names.therapies[key] for key in statement.therapies)


def _pounds(amount: Decimal | None) -> str:
    return "" if amount is None else in_pounds(amount)


def _day(statement: Statement) -> str:
    return date_format(statement.day, "j F") if statement.day else ""


def _specialises(statement: Statement, names: Names) -> str:
    return _("Specialises in %(concern)s, your main concern.") % {"concern": _concerns(statement, names)}


def _works_with(statement: Statement, names: Names) -> str:
    return _("Works with %(concern)s, your main concern.") % {"concern": _concerns(statement, names)}


def _near(statement: Statement, names: Names) -> str:
    main, *near = statement.concerns
    return _("Works with %(near)s, which often comes together with “%(main)s”.") % {
        "near": and_list(f"“{names.concerns[key]}”" for key in near),
        "main": names.concerns[main],
    }


def _helps_with_others(statement: Statement, names: Names) -> str:
    return _("Also helps with %(concerns)s.") % {"concerns": _concerns(statement, names)}


def _main_not_listed(statement: Statement, names: Names) -> str:
    return _("Does not name %(concern)s, your main concern, in the profile.") % {
        "concern": _concerns(statement, names)
    }


def _others_not_listed(statement: Statement, names: Names) -> str:
    return _("Does not name %(concerns)s in the profile.") % {"concerns": _concerns(statement, names)}


def _offers_approach(statement: Statement, names: Names) -> str:
    return _("Offers %(therapies)s, which you asked about.") % {"therapies": _therapies(statement, names)}


def _approach_in_part(statement: Statement, names: Names) -> str:
    return _("Has some training in %(therapies)s, not the full training.") % {
        "therapies": _therapies(statement, names)
    }


def _approach_not_offered(statement: Statement, names: Names) -> str:
    return _("Does not offer %(therapies)s, which you asked about.") % {
        "therapies": or_list(names.therapies[key] for key in statement.therapies)
    }


def _shares_times(statement: Statement, names: Names) -> str:
    count = len(statement.slots)
    if count > MOST_TIMES_NAMED:
        return _("Works at %(count)s of the times you chose.") % {"count": count}
    times = and_list(slot_name(slot) for slot in statement.slots)
    if names.says_uk_time:
        times = _("%(times)s (UK time)") % {"times": times}
    return ngettext(
        "Works on %(times)s, one of the times you chose.",
        "Works on %(times)s, which are among the times you chose.",
        count,
    ) % {"times": times}


def _is_of_gender(statement: Statement, names: Names) -> str:
    gender = Gender(statement.words[0])
    return {
        Gender.WOMAN: _("Is a woman, as you wished."),
        Gender.MAN: _("Is a man, as you wished."),
        Gender.NON_BINARY: _("Is non-binary, as you wished."),
    }[gender]


def _other_gender(statement: Statement, names: Names) -> str:
    wished = or_list(Gender(word).label.lower() for word in statement.words)
    return _("You wished for this gender, and the profile does not say so: %(gender)s.") % {"gender": wished}


def _languages(statement: Statement) -> list[str]:
    return [str(Language(word).label) for word in statement.words]


def _speaks(statement: Statement, names: Names) -> str:
    return _("Speaks %(language)s, as you wished.") % {"language": and_list(_languages(statement))}


def _other_language(statement: Statement, names: Names) -> str:
    return _("Does not speak %(language)s.") % {"language": or_list(_languages(statement))}


def _starts_in_time(statement: Statement, names: Names) -> str:
    return _("Can begin by %(day)s, as you hoped.") % {"day": _day(statement)}


def _starts_later(statement: Statement, names: Names) -> str:
    return _("Can begin from %(day)s, later than you hoped.") % {"day": _day(statement)}


def _within_budget(statement: Statement, names: Names) -> str:
    return _("%(fee)s a session, within your budget.") % {"fee": _pounds(statement.amount)}


def _above_budget(statement: Statement, names: Names) -> str:
    return _("%(more)s above your stated %(budget)s.") % {
        "more": _pounds(statement.amount),
        "budget": _pounds(statement.limit),
    }


def _reduced_fee(statement: Statement, names: Names) -> str:
    return _("The full fee is %(fee)s. There is a reduced fee of %(reduced)s that you can ask for.") % {
        "fee": _pounds(statement.limit),
        "reduced": _pounds(statement.amount),
    }


def _place_from(statement: Statement, names: Names) -> str:
    return _("Has no place now. The next one opens on %(day)s.") % {"day": _day(statement)}


def _no_shared_time(statement: Statement, names: Names) -> str:
    return _("Does not work at any of the times you chose.")


def _diary_not_confirmed(statement: Statement, names: Names) -> str:
    return _("Has not confirmed these times lately, so we will check first.")


_SENTENCES: dict[Said, Callable[[Statement, Names], str]] = {
    Said.SPECIALISES_IN_MAIN: _specialises,
    Said.WORKS_WITH_MAIN: _works_with,
    Said.NEAR_MAIN: _near,
    Said.HELPS_WITH_OTHERS: _helps_with_others,
    Said.OFFERS_APPROACH: _offers_approach,
    Said.SHARES_TIMES: _shares_times,
    Said.IS_OF_GENDER: _is_of_gender,
    Said.SPEAKS_LANGUAGE: _speaks,
    Said.STARTS_IN_TIME: _starts_in_time,
    Said.WITHIN_BUDGET: _within_budget,
    Said.MAIN_NOT_LISTED: _main_not_listed,
    Said.OTHERS_NOT_LISTED: _others_not_listed,
    Said.APPROACH_IN_PART: _approach_in_part,
    Said.APPROACH_NOT_OFFERED: _approach_not_offered,
    Said.NO_SHARED_TIME: _no_shared_time,
    Said.DIARY_NOT_CONFIRMED: _diary_not_confirmed,
    Said.OTHER_GENDER: _other_gender,
    Said.OTHER_LANGUAGE: _other_language,
    Said.STARTS_LATER: _starts_later,
    Said.ABOVE_BUDGET: _above_budget,
    Said.PLACE_FROM: _place_from,
    Said.REDUCED_FEE_TO_ASK: _reduced_fee,
}


def why_not(exclusion: Exclusion) -> str:
    """Why a therapist that a visitor asked for by name cannot be suggested to them."""
    return {
        Exclusion.NOT_PUBLISHED: _("This profile is not public at the moment."),
        Exclusion.NOT_REGISTERED: _("We are checking this profile, so it takes no enquiries at the moment."),
        Exclusion.NOT_INSURED: _("We are checking this profile, so it takes no enquiries at the moment."),
        Exclusion.PAUSED: _("Takes no new clients at the moment."),
        Exclusion.CLIENT_GROUP: _("Does not see the people you are asking for."),
        Exclusion.FORMAT: _("Does not meet in any of the ways you chose."),
        Exclusion.LANGUAGE: _("Does not speak the language that you marked as essential."),
        Exclusion.GENDER: _("Is not of the gender that you marked as essential, or does not say."),
        Exclusion.DOES_NOT_TAKE: _("Does not work with one of the things you named."),
        Exclusion.DECLINED_BEFORE: _("Cannot take this enquiry."),
        Exclusion.FEE_ABOVE_LIMIT: _("Asks more than the most you can pay."),
        Exclusion.NO_SHARED_TIME: _("Does not work at any of the times you chose."),
        Exclusion.NO_PLACE: _("Has no place at the moment."),
        Exclusion.CONCERN_NOT_COVERED: _("Does not name your main concern in the profile."),
    }[exclusion]
