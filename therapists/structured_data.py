"""Therapists as schema.org structured data, from plain values."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.seo.structured_data import Node, node


@dataclass(frozen=True, slots=True)
class CurrentRegistration:
    """A registration that is verified and in date. Without its number: the register has it."""

    title: str
    body: str
    register_url: str


def therapist(
    url: str,
    name: str,
    professional_title: str,
    description: str,
    practice: str,
    languages: Iterable[str],
    subjects: Iterable[str],
    registrations: Iterable[CurrentRegistration],
) -> Node:
    """Return the node of a therapist. `practice` is an `@id`.

    `affiliation`, not `worksFor`: therapists are often self-employed.
    """
    return node(
        "Person",
        id_=f"{url}#therapist",
        name=name,
        jobTitle=professional_title,
        description=description,
        url=url,
        affiliation={"@id": practice},
        knowsLanguage=list(languages),
        knowsAbout=list(subjects),
        hasCredential=[_credential(registration) for registration in registrations],
    )


def _credential(registration: CurrentRegistration) -> Node:
    return node(
        "EducationalOccupationalCredential",
        credentialCategory="professional registration",
        name=registration.title,
        url=registration.register_url,
        recognizedBy=node("Organization", name=registration.body),
    )
