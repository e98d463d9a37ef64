"""Examples of therapists, diaries and the directory for the style guide. All of them are made up."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from core.styleguide.registry import show_component
from therapies.models import ConcernPage
from therapists.directory.results import BroaderSelection, Chip, ShownFacet, ShownOption
from therapists.enums import AvailabilityStatus, ConcernLevel, DayPart, SessionFormat, Weekday
from therapists.models import ClientGroupFee, TherapistConcern, TherapistPage
from therapists.templatetags.therapist_tags import availability_grid

TODAY = date(2026, 11, 2)
FIRST_CONSULTATION = datetime(2026, 11, 10, 17, tzinfo=UTC)


def therapist(slug: str) -> Any:
    """A profile that is stored nowhere and leads nowhere."""
    concern = TherapistConcern(concern=ConcernPage(title="Grief and loss"), level=ConcernLevel.SPECIALISM)
    sample = TherapistPage(
        title="Sam Sample",
        slug=slug,
        professional_title="Counselling psychologist",
        is_sample=True,
        formats=[SessionFormat.VIDEO, SessionFormat.PHONE],
        concerns=[concern],
        fees=[ClientGroupFee(fee=Decimal(60))],
    )
    sample.get_url = lambda *args, **kwargs: "#"
    return sample


def diary(status: AvailabilityStatus, **more: Any) -> dict[str, Any]:
    day = date(2026, 12, 1)
    availability = SimpleNamespace(starts_from=day, paused_until=day, confirmed_on=TODAY)
    absence = SimpleNamespace(last_day=day)
    return {"status": status, "availability": availability, "absence": absence, "is_confirmed": True} | more


def week() -> dict[str, Any]:
    slots = frozenset({(Weekday.MONDAY, DayPart.EVENING), (Weekday.THURSDAY, DayPart.MORNING)})
    availability = SimpleNamespace(slots=lambda: slots, minutes_of_week=lambda: [(1020, 1320)])
    practising: Any = SimpleNamespace(availability_or_none=availability)
    return availability_grid(practising)


def choices() -> dict[str, Any]:
    concerns = [ShownOption("grief", "Grief and loss", 9, True), ShownOption("anger", "Anger", 0, False)]
    languages = [ShownOption("cy", "Welsh", 1, True), ShownOption("gd", "Gaelic", 0, False)]
    results = SimpleNamespace(
        parsed_query=SimpleNamespace(price_errors=[], price_as_written="60"),
        in_sentence=[
            ShownFacet("concern", "What brings you here", concerns, "Someone who helps with", "anything")
        ],
        beside_sentence=[ShownFacet("language", "Language", languages, "", "")],
    )
    return {"results": results, "action": "#"}


def nobody_fits() -> dict[str, Any]:
    chips = [Chip("Language", "Welsh", "?"), Chip("Price", "Up to £40", "?")]
    without_one = [BroaderSelection("Price", ["up to £40"], 3, "?")]
    return {"chips": chips, "without_one": without_one, "with_only_one": [], "action": "#"}


show_component(
    "Therapist",
    "components/therapist_card.html",
    {
        "in a list": lambda: {"therapist": therapist("sam")},
        "in the directory, to be compared": lambda: {"therapist": therapist("kim"), "is_choosable": True},
    },
)
show_component(
    "Availability",
    "components/availability_grid_note.html",
    {
        "open": lambda: diary(
            AvailabilityStatus.OPEN, first_consultation=FIRST_CONSULTATION, part=DayPart.EVENING, days_since=6
        ),
        "not confirmed lately": lambda: diary(AvailabilityStatus.OPEN, is_confirmed=False, days_since=40),
        "later": lambda: diary(AvailabilityStatus.LATER, days_since=0),
        "away": lambda: diary(AvailabilityStatus.AWAY, days_since=1),
        "paused": lambda: diary(AvailabilityStatus.PAUSED, days_since=None),
        "full": lambda: diary(AvailabilityStatus.FULL, days_since=3),
        "unknown": lambda: {"status": AvailabilityStatus.UNKNOWN},
    },
)
show_component("Times in the week", "components/availability_grid.html", {"": week})
show_component(
    "Registrations",
    "components/registration_list.html",
    {
        "": lambda: {
            "registrations": [
                SimpleNamespace(
                    get_body_display="HCPC",
                    grade="Practitioner psychologist",
                    number="SAMPLE-0001",
                    verified_on=TODAY,
                    register_url="https://example.org/",
                )
            ]
        }
    },
)
show_component("Filters", "components/filters.html", {"": choices})
show_component("Choices in force", "components/filters_chips.html", {"": nobody_fits})
show_component(
    "What could not be used",
    "components/filters_notes.html",
    {
        "": lambda: {
            "parsed_query": SimpleNamespace(
                ignored=[(SimpleNamespace(legend="Language"), "Klingon")], price_errors=["Write a number."]
            )
        }
    },
)
