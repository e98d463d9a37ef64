"""One declaration of the answers: what is said of one there holds wherever it is kept, asked and listed."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db.models import ProtectedError
from django.urls import reverse

from tests.factories.enquiries import NewEnquiryFactory, offer_to, stored_enquiry
from therapists.enquiries.access.disclosure import disclose
from therapists.enquiries.answers import ANSWERS, EnquiryAnswers
from therapists.enquiries.describing import describe
from therapists.enquiries.enums import Priority, StartHorizon
from therapists.enquiries.models import Enquiry
from therapists.enquiries.services.change import change_answers
from therapists.enquiries.services.submit import receive_enquiry
from therapists.enquiries.signed_links import Purpose, token
from therapists.enums import ClientGroup, DayPart, Gender, Language, SessionFormat, Weekday
from therapists.matching.form.changing import QUESTIONS
from therapists.matching.form.contact import ContactForm
from therapists.matching.form.refining import RefineForm
from therapists.matching.form.steps import ForWhomForm, HowForm


@pytest.fixture
def full_answers(enquiries_practice):
    """Every answer is given."""
    return EnquiryAnswers(
        concerns=(enquiries_practice.grief.pk,),
        client_group=ClientGroup.COUPLE,
        formats=(SessionFormat.PHONE, SessionFormat.VIDEO),
        approaches=(enquiries_practice.ipt.pk,),
        genders=(Gender.MAN, Gender.WOMAN),
        gender_is_essential=True,
        languages=(Language.WELSH,),
        language_is_essential=True,
        slots=frozenset({(Weekday.FRIDAY, DayPart.MORNING), (Weekday.MONDAY, DayPart.EVENING)}),
        only_these_slots=True,
        start_within=StartHorizon.TWO_WEEKS,
        budget=Decimal("47.50"),
        budget_is_firm=True,
        wants_reduced_fee=True,
        matters_most=Priority.FEE,
        time_zone="Europe/Berlin",
        main_is_unlisted=True,
    )


@pytest.fixture
def full_enquiry(matcher, full_answers):
    given = {f"answers__{field.name}": getattr(full_answers, field.name) for field in fields(EnquiryAnswers)}
    return stored_enquiry(given.pop("answers__concerns")[0], **given)


def test_the_example_gives_every_answer(full_answers):
    assert list(ANSWERS) == [field.name for field in fields(EnquiryAnswers)]
    assert all(getattr(full_answers, name) for name in ANSWERS)


def test_what_was_answered_is_read_again_as_it_was(full_enquiry, full_answers):
    [stored] = Enquiry.objects.with_answers()
    assert stored.answers() == full_answers


def test_reading_the_answers_takes_a_constant_number_of_queries(full_enquiry, django_assert_num_queries):
    with django_assert_num_queries(4):
        [stored] = Enquiry.objects.with_answers()
        stored.answers()


def test_a_form_is_filled_with_the_answers_and_gives_them_back(full_answers):
    asked = full_answers.to_form()
    cleaned = asked | {"budget": Decimal(asked["budget"])}
    in_two = {name: getattr(full_answers, name) for name, kind in ANSWERS.items() if kind.is_asked_in_two}
    assert EnquiryAnswers.from_form(cleaned, **in_two) == full_answers
    forms = (ForWhomForm, HowForm, RefineForm)
    assert asked.keys() == {name for form in forms for name in form.base_fields} - {"other_concerns"}


def test_every_answer_has_a_page_where_it_is_changed(full_answers):
    asked = {name for question in QUESTIONS for name in question.fields}
    told = {"main_concern", "other_concerns", *full_answers.to_form(), *ContactForm.base_fields}
    assert asked == told | {"choice"}


def test_every_answer_is_listed_in_words(full_enquiry):
    assert [(str(row.question), row.answer) for row in describe(full_enquiry)] == [
        ("For", "A couple"),
        ("Ways to meet", "Phone, Video"),
        ("Therapies they asked about", "Interpersonal therapy"),
        ("Therapist’s gender", "Man, Woman (essential)"),
        ("Languages", "Welsh (essential)"),
        ("Times", "Monday evening; Friday morning (nothing else) (Europe/Berlin)"),
        ("Start", "Within two weeks"),
        ("Fee", "up to £47.50 a session (nothing else)"),
        ("Reduced fee", "asked for"),
        ("Matters most", "The fee"),
    ]


def test_what_was_not_answered_is_not_listed(enquiries_practice, matcher):
    nothing = {"genders": (), "languages": (), "slots": frozenset(), "start_within": None, "budget": None}
    enquiry = stored_enquiry(
        enquiries_practice.grief.pk, **{f"answers__{name}": value for name, value in nothing.items()}
    )
    assert [str(row.question) for row in describe(enquiry)] == ["For", "Ways to meet"]


def test_a_page_that_is_gone_is_still_named_and_no_longer_answered(full_enquiry, enquiries_practice):
    """As in databases of the time when such a page could be deleted."""
    for page in (enquiries_practice.ipt, enquiries_practice.grief):
        with pytest.raises(ProtectedError):
            page.delete()
    full_enquiry.approaches.update(therapy=None)
    full_enquiry.concerns.update(concern=None)
    stored = Enquiry.objects.get(pk=full_enquiry.pk)
    assert (stored.answers().approaches, stored.answers().concerns) == ((), ())
    assert ("Therapies they asked about", "Interpersonal therapy") in [
        (str(row.question), row.answer) for row in describe(stored)
    ]
    # What is not changed keeps its words.
    change_answers(stored.pk, lambda told: replace(told, answers=replace(told.answers, budget=Decimal(90))))
    assert [row.label for row in stored.approaches.all()] == ["Interpersonal therapy"]
    assert [row.label for row in stored.concerns.all()] == ["Grief and loss"]


def test_something_else_is_not_blank_for_those_who_have_to_decide(
    client, enquiries_practice, matcher, therapist
):
    enquiry = receive_enquiry(NewEnquiryFactory())
    offer = offer_to(enquiry, therapist, matcher)
    client.force_login(matcher)
    for address in (
        reverse("enquiries_admin:enquiry", args=[enquiry.pk]),
        reverse("enquiries:offer", args=[token(Purpose.OFFER, offer.pk)]),
    ):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        concerns = page.find("dt", string=["Concern", "Concerns, the main one first"]).find_next("dd")
        assert concerns.text.strip() == "Something else, or they are not sure", address
    assert disclose(enquiry)["concerns"] == ["Something else, or not sure"]
