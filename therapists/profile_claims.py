"""What a profile claims of somebody: their title, and what they are trained in."""

from collections.abc import Iterator

from wagtail.models import Page

from core.claim_findings import ClaimFinding, PagePassage, finding
from core.claims import passages_of
from therapies.claims.wording import RULES, protected_title, titles_claimed
from therapies.models import TherapyPage
from therapists.enums import RegistrationBody, TrainingLevel
from therapists.models import TherapistPage

OF_PROFILES = [RULES[key].rule for key in ("title", "training")]


def profile_claims(page: Page) -> Iterator[ClaimFinding]:
    if isinstance(page, TherapistPage):
        yield from _titles(page)
        yield from _trainings(page)


def _titles(page: TherapistPage) -> Iterator[ClaimFinding]:
    if any(row.body == RegistrationBody.HCPC for row in page.registrations.all()):
        return
    if title := protected_title(page.professional_title):
        yield finding(RULES["title"].rule, PagePassage("professional_title", page.professional_title), title)
    yield from titles_claimed(passages_of(page))


def _trainings(page: TherapistPage) -> Iterator[ClaimFinding]:
    held = " ".join(row.title for row in page.qualifications.all()).casefold()
    for row in page.therapies.all():
        if row.training == TrainingLevel.FULL and not any(name in held for name in _names(row.therapy)):
            yield finding(RULES["training"].rule, PagePassage("therapies", held), row.therapy.title)


def _names(therapy: TherapyPage) -> list[str]:
    """Return what a qualification for it may be called: a person-centred diploma need not say “therapy”."""
    names = (therapy.title.removesuffix(" therapy"), therapy.abbreviation, *therapy.other_names)
    return [name.casefold() for name in names if name]
