"""Therapists in schema.org's words, from plain values."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.seo.structured_data import Node, node


@dataclass(frozen=True, slots=True)
class Registered:
    """A registration that is checked and in date. The number is left to the register itself."""

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
    registrations: Iterable[Registered],
) -> Node:
    """`affiliation`, not `worksFor`: therapists are often self-employed. `practice` is an `@id`."""
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


def _credential(registration: Registered) -> Node:
    return node(
        "EducationalOccupationalCredential",
        credentialCategory="professional registration",
        name=registration.title,
        url=registration.register_url,
        recognizedBy=node("Organization", name=registration.body),
    )
