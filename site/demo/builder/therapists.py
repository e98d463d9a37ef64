"""Sample therapists. Their files give dates relative to today, so that the demo does not go out of date."""

from datetime import date, timedelta

from demo.builder.sample_content import SAMPLE
from new_practice.loading.content_files import Record

PORTRAIT_CREDIT = "Open Peeps by Pablo Stanley, drawn with DiceBear. CC0 1.0."
#: Keys of the demo's files, each with the key of everyone's and the direction from today.
AGES = {
    "checked_days_ago": ("verified_on", -1),
    "expires_in_days": ("expires_on", 1),
    "insurance_expires_in_days": ("insurance_expires_on", 1),
    "supervision_confirmed_days_ago": ("supervision_confirmed_on", -1),
}


def sample_therapists(today: date) -> dict[str, Record]:
    """Return the sample people as the files of any practice have theirs, by slug."""
    return {slug: _sample(slug, person, today) for slug, person in SAMPLE.records("therapists").items()}


def _sample(slug: str, person: Record, today: date) -> Record:
    concerns = person["concerns"]
    checked_on = today - timedelta(days=concerns["specialisms_checked_days_ago"])
    specialisms = [{"concern": name, "verified_on": checked_on} for name in concerns["specialism"]]
    return person | {
        "is_sample": True,
        "portrait": {
            "file": f"portraits/{slug}.webp",
            "title": f"Sample portrait: {slug}",
            "description": person["portrait_description"],
            "credit": PORTRAIT_CREDIT,
        },
        "concerns": concerns | {"specialism": specialisms},
        "registrations": [_dated(entry, today) for entry in person["registrations"]],
        "private": _dated(person["private"], today),
    }


def _dated(entry: Record, today: date) -> Record:
    dated = {}
    for key, value in entry.items():
        name, direction = AGES.get(key, (key, 0))
        dated[name] = today + direction * timedelta(days=value) if direction else value
    return dated
