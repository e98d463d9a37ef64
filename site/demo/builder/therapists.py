"""Sample therapists. Their files give dates relative to today, so that the demo does not go out of date."""

from collections.abc import Iterator
from datetime import date, timedelta

from demo.builder.sample_content import SAMPLE
from demo.builder.uploads import portrait
from new_practice.loading.content_files import Record, named
from new_practice.loading.publishing import Rows, create_draft, publish
from therapies.models import ConcernPage, TherapyPage
from therapists.enums import ConcernLevel
from therapists.models import (
    ClientGroupFee,
    Qualification,
    Registration,
    TherapistConcern,
    TherapistIndexPage,
    TherapistPage,
    TherapistPrivate,
    TherapistTherapy,
)


def build_therapists(index: TherapistIndexPage, today: date) -> None:
    for slug, person in SAMPLE.records("therapists").items():
        names = {"title": person["name"], "professional_title": person["professional_title"]}
        page = create_draft(TherapistPage, index, slug, names)
        publish(page, names | _fields(slug, person), _rows(person, today))
        _store_private(page, person["private"], today)


def _fields(slug: str, person: Record) -> Record:
    return {
        "is_sample": True,
        "portrait": portrait(slug, person["portrait_description"]),
        "summary": person["summary"],
        "pronouns": person.get("pronouns", ""),
        "gender": person.get("gender", ""),
        "practising_since": person["practising_since"],
        "how_i_work": person["how_i_work"],
        "first_meeting": person["first_meeting"],
        "about_me": person["about_me"],
        "own_sentence": person["own_sentence"],
        "formats": person["formats"],
        "languages": person["languages"],
        "location": person.get("location", ""),
        "access_details": person.get("access_details", ""),
        "consultation_minutes": person["consultation_minutes"],
    }


def _rows(person: Record, today: date) -> Rows:
    return {
        "therapies": (["therapy"], [_therapy(entry) for entry in person["therapies"]]),
        "concerns": (["concern"], list(_concerns(person["concerns"], today))),
        "fees": (["group"], [ClientGroupFee(**entry) for entry in person["fees"]]),
        "registrations": (["number"], [_registration(entry, today) for entry in person["registrations"]]),
        "qualifications": (["title"], [Qualification(**entry) for entry in person["qualifications"]]),
    }


def _therapy(entry: Record) -> TherapistTherapy:
    return TherapistTherapy(therapy=named(TherapyPage, slug=entry["therapy"]), training=entry["training"])


def _concerns(levels: Record, today: date) -> Iterator[TherapistConcern]:
    checked_on = today - timedelta(days=levels["specialisms_checked_days_ago"])
    for level in ConcernLevel:
        for slug in levels.get(level, []):
            yield TherapistConcern(
                concern=named(ConcernPage, slug=slug),
                level=level.value,
                verified_on=checked_on if level == ConcernLevel.SPECIALISM else None,
            )


def _registration(entry: Record, today: date) -> Registration:
    return Registration(
        body=entry["body"],
        grade=entry["grade"],
        number=entry["number"],
        register_url=entry["register_url"],
        verified_on=today - timedelta(days=entry["checked_days_ago"]),
        expires_on=today + timedelta(days=entry["expires_in_days"]),
    )


def _store_private(page: TherapistPage, private: Record, today: date) -> None:
    TherapistPrivate.objects.update_or_create(
        therapist=page,
        defaults={
            "offer_email": private["offer_email"],
            "phone": private.get("phone", ""),
            "meeting_link": private.get("meeting_link", ""),
            "insurance_expires_on": today + timedelta(days=private["insurance_expires_in_days"]),
            "supervision_confirmed_on": today - timedelta(days=private["supervision_confirmed_days_ago"]),
            "verification_evidence": private["verification_evidence"],
        },
    )
