"""The facets of the directory, and the choices among them, parsed from an address and encoded in one.

Within a facet any chosen option is enough; across facets all must hold.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.caching.content_memory import remembered
from core.languages import active_language
from core.linked_pages import all_public_pages
from core.sums_of_money import PoundsField
from home.fee_figures import in_pounds
from therapists.enums import (
    TIME_OF_WEEK_SLOTS,
    ClientGroup,
    Gender,
    Language,
    SessionFormat,
    TimeOfWeek,
)
from therapists.models.querysets import TherapistQuerySet

PLACE, HAS_PLACE = "place", "now"
PRICE = "price"
CLIENT_GROUP = "for"
PAGE = "page"

price_field = PoundsField(
    min_value=1,
    max_digits=6,
    decimal_places=2,
    error_messages={
        "invalid": _("Write the price as a number, such as 60."),
        "min_value": _("Write a price of £1 or more."),
        "max_digits": _("Write a price below £10,000."),
        "max_whole_digits": _("Write a price below £10,000."),
        "max_decimal_places": _("Write the price in pounds and pence, such as 47.50."),
    },
)


@dataclass(frozen=True)
class Option:
    value: str
    label: str | Promise
    #: The id of the concern or therapy that it stands for.
    page: int | None = None


@dataclass(frozen=True)
class Selection:
    """The valid choices, by facet. Price counts as a facet with one value."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __getitem__(self, facet: str) -> tuple[str, ...]:
        return self.chosen.get(facet, ())

    def without(self, facet: str, value: str | None = None) -> "Selection":
        """Return the selection without one choice, or without all choices of a facet."""
        kept = tuple(other for other in self[facet] if value is not None and other != value)
        chosen = {name: kept if name == facet else values for name, values in self.chosen.items()}
        return Selection({name: values for name, values in chosen.items() if values})

    def only(self, facet: str) -> "Selection":
        return Selection({facet: self[facet]})

    @property
    def budget(self) -> Decimal | None:
        return Decimal(self[PRICE][0]) if self[PRICE] else None

    def query(self, **more: str | int) -> str:
        """Return the query of an address that makes this selection: one for the same choices."""
        parts = [(name, value) for name, values in self.chosen.items() for value in values]
        encoded = urlencode([*parts, *more.items()])
        return f"?{encoded}" if encoded else ""


type Narrow = Callable[[TherapistQuerySet, tuple[str, ...], Selection], TherapistQuerySet]


@dataclass(frozen=True)
class Facet:
    """One question of the filter form. `narrow` gets the chosen values and, for fees, the whole selection."""

    name: str
    legend: str | Promise
    narrow: Narrow
    options: tuple[Option, ...] = ()
    #: Whether options that no therapist offers are left out, as in long lists.
    hides_empty_options: bool = False
    #: Where the form asks it within a sentence: the words before it, and those for no choice.
    lead_in: str | Promise = ""
    any_option: str | Promise = ""

    def label_of(self, value: str) -> str:
        if self.name == PRICE:
            return _("up to %(price)s") % {"price": in_pounds(Decimal(value))}
        return next(str(option.label) for option in self.options if option.value == value)


@dataclass(frozen=True)
class ParsedQuery:
    """What an address asks for: the valid choices, the unknown ones, and a price that is not valid."""

    selection: Selection
    ignored: tuple[tuple[Facet, str], ...] = ()
    price_as_written: str = ""
    price_errors: tuple[str, ...] = ()


@remembered
def directory_facets(on: date) -> tuple[Facet, ...]:
    """Return the facets in the order of the form, with the public concerns and therapies."""
    concerns = _by_slug("therapies.ConcernPage")
    therapies = _by_slug("therapies.TherapyPage")
    return (
        Facet(
            "concern",
            _("What brings you here"),
            lambda them, values, _all: them.helping_with(*(concerns[slug].pk for slug in values)),
            _options_of_pages(concerns),
            lead_in=_("Someone who helps with"),
            any_option=_("anything"),
        ),
        Facet(
            PLACE,
            _("Places"),
            lambda them, _values, _all: them.accepting_clients(on),
            (Option(HAS_PLACE, _("Has a place now")),),
        ),
        Facet(
            "format",
            _("How you would meet"),
            lambda them, values, _all: them.meeting_by(*values),
            _options(SessionFormat),
            lead_in=_("by"),
            any_option=_("any way of meeting"),
        ),
        Facet(
            "time",
            _("When you are free"),
            _free_at,
            _options(TimeOfWeek),
            lead_in=_("at"),
            any_option=_("any time"),
        ),
        Facet(CLIENT_GROUP, _("Who would come"), _seeing, _options(ClientGroup)),
        Facet(
            PRICE,
            _("Price"),
            lambda them, values, all_: them.within_budget(Decimal(values[0]), *all_[CLIENT_GROUP]),
        ),
        Facet(
            "therapy",
            _("Therapy"),
            lambda them, values, _all: them.practising(*(therapies[slug].pk for slug in values)),
            _options_of_pages(therapies),
        ),
        Facet(
            "language",
            _("Language"),
            lambda them, values, _all: them.speaking(*values),
            _options(Language),
            hides_empty_options=True,
        ),
        Facet(
            "gender",
            _("Therapist's gender"),
            lambda them, values, _all: them.of_gender(*values),
            _options(Gender),
        ),
    )


def _by_slug(kind: str) -> dict[str, Page]:
    return {page.slug: page for page in all_public_pages(kind, active_language()).values()}


def _options_of_pages(pages: Mapping[str, Page]) -> tuple[Option, ...]:
    return tuple(Option(slug, page.title, page.pk) for slug, page in pages.items())


def _options(choices: type[TextChoices]) -> tuple[Option, ...]:
    return tuple(Option(choice.value, choice.label) for choice in choices)


def _free_at(them: TherapistQuerySet, values: tuple[str, ...], _all: Selection) -> TherapistQuerySet:
    return them.free_at(frozenset().union(*(TIME_OF_WEEK_SLOTS[TimeOfWeek(value)] for value in values)))


def _seeing(them: TherapistQuerySet, groups: tuple[str, ...], selection: Selection) -> TherapistQuerySet:
    """With a budget, compare it with the fee for these groups: a couple's fee is not an individual's."""
    if selection.budget is None:
        return them.seeing(*groups)
    return them.within_budget(selection.budget, *groups)


def has_blanks(query: QueryDict) -> bool:
    """Return whether the address names an empty field, as a form sent without JavaScript does."""
    return any(not value.strip() for name in query for value in query.getlist(name))


def without_blanks(query: QueryDict) -> str:
    parts = [(name, value) for name in query for value in query.getlist(name) if value.strip()]
    return f"?{urlencode(parts)}" if parts else ""


def parse_query(query: QueryDict, facets: Iterable[Facet]) -> ParsedQuery:
    """Keep unknown choices apart instead of refusing them: an old address still finds therapists."""
    chosen: dict[str, tuple[str, ...]] = {}
    ignored: list[tuple[Facet, str]] = []
    price_as_written, price_errors = "", tuple[str, ...]()
    for facet in facets:
        if facet.name == PRICE:
            price_as_written, price, price_errors = _price(query.getlist(PRICE))
            chosen |= {PRICE: (format(price.normalize(), "f"),)} if price else {}
            continue
        asked = {value for text in query.getlist(facet.name) for value in text.split(",") if value.strip()}
        known = tuple(option.value for option in facet.options if option.value in asked)
        if known:
            chosen[facet.name] = known
        ignored += [(facet, value) for value in sorted(asked.difference(known))]
    return ParsedQuery(Selection(chosen), tuple(ignored), price_as_written, price_errors)


def _price(texts: Iterable[str]) -> tuple[str, Decimal | None, tuple[str, ...]]:
    """Return the price as it was written, as a number, and what is wrong with it."""
    written = {text.strip().removeprefix("£").strip() for text in texts} - {""}
    if len(written) > 1:
        return "", None, (str(_("Write one price.")),)
    for text in written:
        try:
            return text, price_field.clean(text), ()
        except ValidationError as error:
            return text, None, tuple(error.messages)
    return "", None, ()
