"""The same answers make the same enquiry, through the page and through the API."""

from datetime import datetime
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.therapists.matching.front_end import FrontEnd
from therapists.enquiries.models import Enquiry
from therapists.enums import ConcernLevel, Gender
from therapists.matching.models import ExtraQuestion

pytestmark = pytest.mark.django_db

STEPS = {
    "before": ("adult", "needs_help_today"),
    "concerns": ("main_concern",),
    "who": ("client_group",),
    "how": ("formats", "start_within"),
    "refine": (
        "budget",
        "budget_is_firm",
        "wants_reduced_fee",
        "slots",
        "time_zone",
        "only_these_slots",
        "genders",
        "gender_is_essential",
        "language",
        "language_is_essential",
        "approaches",
        "matters_most",
        "other_concerns",
    ),
    "suggestions": ("choice",),
}
PLAIN = {
    "adult": "yes",
    "needs_help_today": "no",
    "main_concern": "grief",
    "formats": ["video"],
    "client_group": "individual",
    "choice": "practice",
    "name": "Sam Sample",
    "email": "sam@example.org",
    "safe_to_email": "yes",
    "consent": True,
}
SETS = {
    "plain": {},
    "a therapist chosen": {"choice": "ada", "approaches": ["ipt"], "message": "Hello"},
    "no concern in the list": {"main_concern": "other"},
    "several concerns": {"other_concerns": ["panic", "grief"]},
    "every wish": {
        "formats": ["phone", "video"],
        "approaches": ["cbt", "ipt"],
        "genders": ["woman", "non_binary"],
        "slots": ["0-morning", "2-evening"],
        "time_zone": "Europe/Paris",
        "start_within": "2",
        "budget": "47.50",
        "wants_reduced_fee": True,
        "matters_most": "times",
    },
    "firm limits": {
        "genders": ["woman"],
        "gender_is_essential": True,
        "slots": ["0-morning"],
        "only_these_slots": True,
        "budget": "90",
        "budget_is_firm": True,
    },
    "phone only, and questions of the practice's own": {
        "email": "",
        "safe_to_email": "",
        "phone": "+44 (0)20 7946-0000",
        "safe_to_leave_message": True,
        "contact_notes": "Only after six.",
        "pronouns": "they/them",
        "message": "First line.\nSecond line, with “quotes” & more.",
        "message_may_be_shared": True,
        "extra_0": "From a friend",
        "extra_1": "",
    },
    "an address that is not safe": {"safe_to_email": "no", "phone": "020 7946 0000"},
    "words about safety": {"message": "I want to die."},
    "spaces around": {"name": "  Sam  ", "email": " sam@example.org ", "message": " Hello \n"},
}


@pytest.fixture
def pages(practice, matching_page, make_therapist):
    """What answers name, by a short name."""
    ada = make_therapist(
        "Ada", level=ConcernLevel.SPECIALISM, therapy=practice.ipt, gender=Gender.WOMAN, fee=70
    )
    for name in ("Ben", "Cy", "Dee"):
        make_therapist(name, gender=Gender.MAN)
    for label in ("How did you hear of us?", "Is there anything else?"):
        matching_page.extra_questions.add(ExtraQuestion(label=label))
    matching_page.save()
    named = {"grief": practice.grief, "panic": practice.panic, "ipt": practice.ipt, "cbt": practice.cbt}
    return {name: str(page.pk) for name, page in (named | {"ada": ada}).items()}


def written(answers, pages):
    """With the keys of the pages in place of their names."""
    return {
        name: [pages.get(one, one) for one in value] if isinstance(value, list) else pages.get(value, value)
        for name, value in answers.items()
    }


def through_the_page(visitor, answers):
    as_typed = {name: "on" if value is True else value for name, value in answers.items()}
    visitor.opens()
    for step, names in STEPS.items():
        told = {name: as_typed.pop(name) for name in names if name in as_typed}
        visitor.refines(**told) if step == "refine" else visitor.sends(**told)
    assert visitor.step == "contact", visitor.text
    ticket = dict(visitor.fields)["ticket"]
    consent = as_typed.pop("consent")
    visitor.sends(**as_typed).sends(consent=consent)
    assert visitor.response.status_code == 302, visitor.errors
    return ticket


def through_the_api(client, practice, answers, ticket):
    front_end = FrontEnd(client, practice)
    version = front_end.form()["consent"]["version"]
    response = front_end.sends(answers | {"ticket": ticket, "consent_version": version})
    assert response.status_code == 201, response.content


def stored(row, seen=()):
    """Every column of a row and of all rows that hang on it, but for ids, keys and times."""
    model = type(row)
    columns = {field.name: getattr(row, field.attname) for field in model._meta.concrete_fields}
    columns = {
        name: value
        for name, value in columns.items()
        if name not in {"id", "reference", "run"} and not isinstance(value, UUID | datetime)
    }
    for relation in model._meta.related_objects:
        if relation.related_model not in seen:
            rows = relation.related_model.objects.filter(**{relation.field.name: row})
            hanging = [stored(one, (*seen, model)) for one in rows.order_by("pk")]
            columns[relation.related_model.__name__] = sorted(hanging, key=repr)
    return columns


@pytest.mark.parametrize("name", SETS)
def test_page_and_api_store_the_same(visitor, client, practice, pages, name):
    answers = written(PLAIN | SETS[name], pages)
    ticket = through_the_page(visitor, answers)
    by_page, queued = stored(Enquiry.objects.get()), ProcrastinateJob.objects.count()
    Enquiry.objects.all().delete()
    through_the_api(client, practice, answers, ticket)

    assert stored(Enquiry.objects.get()) == by_page
    assert ProcrastinateJob.objects.count() == 2 * queued > 0
    rows = {"EnquiryConcern", "EnquirySlot", "EnquiryApproach", "StoredSuggestionRun", "OutgoingMessage"}
    assert rows <= set(by_page)
    [run] = by_page["StoredSuggestionRun"]
    assert run["inputs"]["criteria"]["draw_key"]
    assert len(run["StoredSuggestion"]) >= 1
    assert (by_page["chosen_therapist"] is not None) == (answers["choice"] != "practice")


def test_a_difference_would_be_seen(visitor, client, practice, pages):
    """The comparison above would mean nothing if it were blind."""
    ticket = through_the_page(visitor, written(PLAIN | {"slots": ["0-morning"]}, pages))
    by_page = stored(Enquiry.objects.get())
    for other in ({"slots": ["1-morning"]}, {"slots": ["0-morning"], "pronouns": "she"}, {"slots": []}):
        Enquiry.objects.all().delete()
        through_the_api(client, practice, written(PLAIN | other, pages), ticket)
        assert stored(Enquiry.objects.get()) != by_page
