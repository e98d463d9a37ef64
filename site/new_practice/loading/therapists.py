"""Profiles of therapists, and their private records where a file has one."""

from collections.abc import Iterator

from new_practice.loading.content_files import ContentFolder, Record, named
from new_practice.loading.content_problems import within
from new_practice.loading.pictures import uploaded
from new_practice.loading.publishing import Rows, create_draft, publish
from new_practice.loading.shared_fields import is_draft, shared_fields
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

#: Fields that may be missing, each with what it is then.
EMPTY = {
    "is_sample": False,
    "pronouns": "",
    "gender": "",
    "practising_since": None,
    "own_sentence": "",
    "how_i_work": "",
    "first_meeting": "",
    "about_me": "",
    "location": "",
    "access_details": "",
    "consultation_minutes": 20,
}


def build_therapists(content: ContentFolder, people: dict[str, Record], index: TherapistIndexPage) -> None:
    """Store the profiles, by slug: from the files as they are, or as the demo has dated them."""
    for slug, person in people.items():
        with content.storing(f"therapists/{slug}"):
            names = {"title": person["name"], "professional_title": person["professional_title"]}
            page = create_draft(TherapistPage, index, slug, names)
            as_draft = is_draft(content, person)
            publish(page, _fields(content, person), _rows(person), as_draft=as_draft, by=content.by)
            if private := person.get("private"):
                _store_private(page, private)


def _fields(content: ContentFolder, person: Record) -> Record:
    portrait = person.get("portrait")
    fields = {
        **shared_fields(content, person | {"title": person["name"]}),
        "professional_title": person["professional_title"],
        "portrait": uploaded(content, portrait) if portrait else None,
        "formats": person["formats"],
        "languages": person["languages"],
        **{name: person.get(name, empty) for name, empty in EMPTY.items()},
    }
    kept = () if content.with_pictures else ("portrait", "social_image")
    return {name: value for name, value in fields.items() if name not in kept}


def _rows(person: Record) -> Rows:
    return {
        "therapies": (["therapy"], [_therapy(*entry) for entry in enumerate(person.get("therapies", []))]),
        "concerns": (["concern"], list(_concerns(person.get("concerns", {})))),
        "fees": (["group"], [ClientGroupFee(**entry) for entry in person.get("fees", [])]),
        "registrations": (["number"], [Registration(**entry) for entry in person.get("registrations", [])]),
        "qualifications": (["title"], [Qualification(**entry) for entry in person.get("qualifications", [])]),
    }


def _therapy(position: int, entry: Record) -> TherapistTherapy:
    with within("therapies", position):
        therapy = named(TherapyPage, slug=entry["therapy"])
    return TherapistTherapy(therapy=therapy, training=entry["training"])


def _concerns(levels: Record) -> Iterator[TherapistConcern]:
    """Yield a row for each slug; a specialism is written as a table with the day on which it was checked."""
    for level in ConcernLevel:
        for position, entry in enumerate(levels.get(level, [])):
            slug, checked = (
                (entry, None) if isinstance(entry, str) else (entry["concern"], entry.get("verified_on"))
            )
            with within("concerns", level.value, position):
                concern = named(ConcernPage, slug=slug)
            yield TherapistConcern(concern=concern, level=level.value, verified_on=checked)


def _store_private(page: TherapistPage, private: Record) -> None:
    record = TherapistPrivate.objects.filter(therapist=page).first() or TherapistPrivate(therapist=page)
    for name, value in private.items():
        setattr(record, name, value)
    record.full_clean()
    record.save()
