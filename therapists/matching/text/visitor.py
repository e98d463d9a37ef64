"""The sentences that visitors read, made from the codes of `engine.reasons`.

Never a percentage, never "perfect", never a promise of outcome.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates_in_words import day_in_words
from home.fee_figures import in_pounds
from therapists.enums import Gender, Language, slot_in_words
from therapists.matching.engine.criteria import WeekPart
from therapists.matching.engine.eligibility import Exclusion
from therapists.matching.engine.reasons import ReasonCode, Statement
from therapists.matching.engine.shortlist import GivingWay

#: More times than this are counted instead of listed.
MOST_TIMES_NAMED = 3


@dataclass(frozen=True, slots=True)
class PageTitles:
    """The titles of concern and therapy pages, by primary key."""

    concerns: Mapping[int, str]
    therapies: Mapping[int, str]
    #: Whether times say that they are UK time: the visitor named another time zone.
    says_uk_time: bool = False


def sentence(statement: Statement, titles: PageTitles) -> str:
    return _SENTENCES[statement.code](statement, titles)


def and_list(words: Iterable[str]) -> str:
    return get_text_list(list(words), _("and"))


def or_list(words: Iterable[str]) -> str:
    return get_text_list(list(words), _("or"))


def slot_name(slot: WeekPart) -> str:
    return slot_in_words(*slot)


def _concerns(statement: Statement, titles: PageTitles) -> str:
    return and_list(f"“{titles.concerns[key]}”" for key in statement.concerns)


def _therapies(statement: Statement, titles: PageTitles) -> str:
    return and_list(titles.therapies[key] for key in statement.therapies)


def _pounds(amount: Decimal | None) -> str:
    return "" if amount is None else in_pounds(amount)


def _day(statement: Statement) -> str:
    return day_in_words(statement.day) if statement.day else ""


def _specialises(statement: Statement, titles: PageTitles) -> str:
    return _("Specialises in %(concern)s, your main concern.") % {"concern": _concerns(statement, titles)}


def _works_with(statement: Statement, titles: PageTitles) -> str:
    return _("Works with %(concern)s, your main concern.") % {"concern": _concerns(statement, titles)}


def _near(statement: Statement, titles: PageTitles) -> str:
    main, *near = statement.concerns
    return _("Works with %(near)s, which often comes together with “%(main)s”.") % {
        "near": and_list(f"“{titles.concerns[key]}”" for key in near),
        "main": titles.concerns[main],
    }


def _helps_with_others(statement: Statement, titles: PageTitles) -> str:
    return _("Also helps with %(concerns)s.") % {"concerns": _concerns(statement, titles)}


def _broad_practice(statement: Statement, titles: PageTitles) -> str:
    return _("Works with many things that bring people here: %(count)s of them.") % {
        "count": len(statement.concerns)
    }


def _main_not_listed(statement: Statement, titles: PageTitles) -> str:
    return _("Does not name %(concern)s, your main concern, in the profile.") % {
        "concern": _concerns(statement, titles)
    }


def _others_not_listed(statement: Statement, titles: PageTitles) -> str:
    return _("Does not name %(concerns)s in the profile.") % {"concerns": _concerns(statement, titles)}


def _offers_approach(statement: Statement, titles: PageTitles) -> str:
    return _("Offers %(therapies)s, which you asked about.") % {"therapies": _therapies(statement, titles)}


def _approach_in_part(statement: Statement, titles: PageTitles) -> str:
    return _("Has some training in %(therapies)s, not the full training.") % {
        "therapies": _therapies(statement, titles)
    }


def _approach_not_offered(statement: Statement, titles: PageTitles) -> str:
    return _("Does not offer %(therapies)s, which you asked about.") % {
        "therapies": or_list(titles.therapies[key] for key in statement.therapies)
    }


def _shares_times(statement: Statement, titles: PageTitles) -> str:
    count = len(statement.slots)
    if count > MOST_TIMES_NAMED:
        return _("Works at %(count)s of the times you chose.") % {"count": count}
    times = and_list(slot_name(slot) for slot in statement.slots)
    if titles.says_uk_time:
        times = _("%(times)s (UK time)") % {"times": times}
    return ngettext(
        "Works on %(times)s, one of the times you chose.",
        "Works on %(times)s, which are among the times you chose.",
        count,
    ) % {"times": times}


def _is_of_gender(statement: Statement, titles: PageTitles) -> str:
    gender = Gender(statement.words[0])
    return {
        Gender.WOMAN: _("Is a woman, as you wished."),
        Gender.MAN: _("Is a man, as you wished."),
        Gender.NON_BINARY: _("Is non-binary, as you wished."),
    }[gender]


def _other_gender(statement: Statement, titles: PageTitles) -> str:
    wished = or_list(Gender(word).label.lower() for word in statement.words)
    return _("You wished for this gender, and the profile does not say so: %(gender)s.") % {"gender": wished}


def _languages(statement: Statement) -> list[str]:
    return [str(Language(word).label) for word in statement.words]


def _speaks(statement: Statement, titles: PageTitles) -> str:
    return _("Speaks %(language)s, as you wished.") % {"language": and_list(_languages(statement))}


def _other_language(statement: Statement, titles: PageTitles) -> str:
    return _("Does not speak %(language)s.") % {"language": or_list(_languages(statement))}


def _starts_in_time(statement: Statement, titles: PageTitles) -> str:
    return _("A first consultation is possible from %(day)s, as soon as you hoped.") % {
        "day": _day(statement)
    }


def _starts_later(statement: Statement, titles: PageTitles) -> str:
    if not statement.day:
        return _("Has not said when a first consultation could be, so we will ask first.")
    return _("A first consultation is possible from %(day)s, later than you hoped.") % {
        "day": _day(statement)
    }


def _takes_clients_now(statement: Statement, titles: PageTitles) -> str:
    return _("Takes new clients now.")


def _takes_clients_soon(statement: Statement, titles: PageTitles) -> str:
    return _("A first consultation is possible from %(day)s.") % {"day": _day(statement)}


def _within_budget(statement: Statement, titles: PageTitles) -> str:
    return _("%(fee)s a session, within your budget.") % {"fee": _pounds(statement.amount)}


def _within_budget_if_reduced(statement: Statement, titles: PageTitles) -> str:
    return _("%(fee)s a session at the reduced fee, within your budget.") % {"fee": _pounds(statement.amount)}


def _above_budget(statement: Statement, titles: PageTitles) -> str:
    return _("%(more)s above your stated %(budget)s.") % {
        "more": _pounds(statement.amount),
        "budget": _pounds(statement.limit),
    }


def _reduced_fee(statement: Statement, titles: PageTitles) -> str:
    return _("The reduced fee has to be asked for. The full fee is %(fee)s.") % {
        "fee": _pounds(statement.limit)
    }


def _place_from(statement: Statement, titles: PageTitles) -> str:
    return _("Has no place now. The next one opens on %(day)s.") % {"day": _day(statement)}


def _no_shared_time(statement: Statement, titles: PageTitles) -> str:
    return _("Does not work at any of the times you chose.")


def _diary_not_confirmed(statement: Statement, titles: PageTitles) -> str:
    return _("Has not confirmed these times lately, so we will check first.")


_SENTENCES: dict[ReasonCode, Callable[[Statement, PageTitles], str]] = {
    ReasonCode.SPECIALISES_IN_MAIN: _specialises,
    ReasonCode.WORKS_WITH_MAIN: _works_with,
    ReasonCode.NEAR_MAIN: _near,
    ReasonCode.HELPS_WITH_OTHERS: _helps_with_others,
    ReasonCode.OFFERS_APPROACH: _offers_approach,
    ReasonCode.HAS_BROAD_PRACTICE: _broad_practice,
    ReasonCode.SHARES_TIMES: _shares_times,
    ReasonCode.IS_OF_GENDER: _is_of_gender,
    ReasonCode.SPEAKS_LANGUAGE: _speaks,
    ReasonCode.STARTS_IN_TIME: _starts_in_time,
    ReasonCode.TAKES_CLIENTS_NOW: _takes_clients_now,
    ReasonCode.TAKES_CLIENTS_SOON: _takes_clients_soon,
    ReasonCode.WITHIN_BUDGET: _within_budget,
    ReasonCode.WITHIN_BUDGET_IF_REDUCED: _within_budget_if_reduced,
    ReasonCode.MAIN_NOT_LISTED: _main_not_listed,
    ReasonCode.OTHERS_NOT_LISTED: _others_not_listed,
    ReasonCode.APPROACH_IN_PART: _approach_in_part,
    ReasonCode.APPROACH_NOT_OFFERED: _approach_not_offered,
    ReasonCode.NO_SHARED_TIME: _no_shared_time,
    ReasonCode.DIARY_NOT_CONFIRMED: _diary_not_confirmed,
    ReasonCode.OTHER_GENDER: _other_gender,
    ReasonCode.OTHER_LANGUAGE: _other_language,
    ReasonCode.STARTS_LATER: _starts_later,
    ReasonCode.ABOVE_BUDGET: _above_budget,
    ReasonCode.PLACE_FROM: _place_from,
    ReasonCode.REDUCED_FEE_TO_ASK: _reduced_fee,
}


def why_not(exclusion: Exclusion) -> str:
    """Return why a therapist that a visitor asked for by name cannot be suggested to them."""
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


def gives_way(answer: GivingWay) -> str:
    """Return how many would be suggested if one answer gave way."""
    number = answer.would_fit
    words = {
        Exclusion.FORMAT: ngettext(
            "%(number)s person would fit if you could meet in another way.",
            "%(number)s people would fit if you could meet in another way.",
            number,
        ),
        Exclusion.LANGUAGE: ngettext(
            "%(number)s person would fit if the language were a wish and not essential.",
            "%(number)s people would fit if the language were a wish and not essential.",
            number,
        ),
        Exclusion.GENDER: ngettext(
            "%(number)s person would fit if the therapist’s gender were a wish and not essential.",
            "%(number)s people would fit if the therapist’s gender were a wish and not essential.",
            number,
        ),
        Exclusion.FEE_ABOVE_LIMIT: ngettext(
            "%(number)s person would fit if you could pay more.",
            "%(number)s people would fit if you could pay more.",
            number,
        ),
        Exclusion.NO_SHARED_TIME: ngettext(
            "%(number)s person would fit at other times.",
            "%(number)s people would fit at other times.",
            number,
        ),
    }[answer.exclusion]
    return words % {"number": number}
