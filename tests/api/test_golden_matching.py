"""The contract of the matching and of enquiries, kept as `test_golden` keeps that of pages."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests.api.contract import Contract
from tests.api.golden import assert_contract_holds
from tests.api.recorded import ANSWERS_OF_THE_FORM
from tests.api.sample_recording import assert_sample_holds
from tests.factories.enquiries import make_matcher, make_offerable_therapist
from tests.factories.home import make_site
from tests.factories.matching import MatchingPageFactory
from tests.factories.therapies import (
    ConcernIndexPageFactory,
    ConcernPageFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.factories.therapists import (
    TherapistConcernFactory,
    TherapistIndexPageFactory,
    WeeklyWindowFactory,
)
from tests.therapists.matching.front_end import FrontEnd
from therapists.enquiries.enums import StartHorizon, State
from therapists.enquiries.models import Enquiry, Reply, consultation_time
from therapists.enquiries.services.consultations import propose
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.offers import accept, offer_to_next, release, set_shortlist
from therapists.matching.form import steps, ticket
from therapists.matching.models import ExtraQuestion

#: Different at every run.
MADE_UP = {
    "ticket",
    "token",
    "page_url",
    "reference",
    "since",
    "may_undo_until",
    "expected_by",
    "starts",
    "ends",
    "in_words",
}
#: Questions whose choices are pages.
PAGES = {"main_concern", "other_concerns", "approaches"}


@pytest.fixture
def therapist(db, monkeypatch):
    monkeypatch.setattr(steps, "possible_starts", lambda today: list(StartHorizon))  # else by the day
    home = make_site()
    page = MatchingPageFactory(parent=home)
    page.extra_questions.add(ExtraQuestion(label="How did you hear of us?"))
    page.save()
    low = ConcernPageFactory(
        parent=ConcernIndexPageFactory(parent=home), title="Feeling low", slug="feeling-low"
    )
    TherapyPageFactory(parent=TherapyIndexPageFactory(parent=home), title="Dynamic therapy", slug="dynamic")
    therapist = make_offerable_therapist(TherapistIndexPageFactory(parent=home), "Sample Person")
    TherapistConcernFactory(therapist=therapist, concern=low)
    WeeklyWindowFactory(availability=therapist.availability)
    return therapist


@pytest.fixture
def front_end(client, therapist, monkeypatch):
    monkeypatch.setattr(ticket, "LEAST_AGE", timedelta(0))
    return FrontEnd(client, SimpleNamespace(grief=therapist.concerns.get().concern))


def steady(value, name="", question=""):
    match value:
        case str() if name in MADE_UP or (name == "choice" and value.isdecimal()):
            return f"<{name}>"
        case str() if name == "key" and question in PAGES and value.isdecimal():
            return "<key>"
        case dict():
            asked = value.get("name", question)
            return {key: steady(child, key, asked) for key, child in value.items()}
        case [*_] if name == "preferred_times":
            return [{"key": "<moment>", "label": "<moment>"}]  # as many as the diary has after this day
        case list():
            return [steady(child, name, question) for child in value]
    return value


def assert_holds(name, response, sample_of=""):
    """The record of it, and the description of the API, and the sample there of the operation."""
    method, address, status = ANSWERS_OF_THE_FORM[name]
    if sample_of:
        assert_sample_holds(sample_of, address, steady(response.json()))
    assert response.status_code == status
    assert Contract().faults(f"/api/v2/{address}", response, method) == []
    assert_contract_holds(name, steady(response.json()))


def test_the_whole_form(front_end):
    assert_holds("matching", front_end.client.get("/api/v2/matching/"), "getMatching")


def test_suggestions(front_end):
    assert_holds("matching_suggestions", front_end.asks(), "suggestTherapists")


def test_an_enquiry(front_end):
    assert_holds("enquiry", front_end.sends(), "sendEnquiry")


def test_answers_that_need_another_look(front_end):
    assert_holds("problem_of_a_name", front_end.sends(front_end.answers(age=40)))
    wrong = front_end.answers(consent=False, email="sam@", name=None)
    assert_holds("problem_of_answers", front_end.sends(wrong))


#: What is said of a consultation, and when that begins.
PASSING = {"sayRunningLate": timedelta(hours=1), "sayOutcome": -timedelta(hours=3)}


def set_time(enquiry, begins):
    enquiry.refresh_from_db()
    enquiry.consultations.confirmed().delete()
    starts = (timezone.now() + begins).replace(microsecond=0)
    during = consultation_time(enquiry.therapist, starts)
    enquiry.consultations.create(therapist=enquiry.therapist, during=during, state="confirmed")


def test_where_an_enquiry_stands(client, front_end, therapist):
    link = front_end.sends().json()["status"]
    enquiry, matcher = Enquiry.objects.get(), make_matcher()
    move(enquiry.pk, State.REVIEW, by=matcher)
    set_shortlist(enquiry.pk, [therapist], by=matcher, reason="They fit.")
    accept(offer_to_next(enquiry.pk, by=matcher).pk)
    release(enquiry.pk, by=matcher)
    propose(enquiry.pk, [timezone.now() + timedelta(days=3)])
    Reply.objects.create(enquiry=enquiry, text="We are glad you wrote.", written_by=matcher)
    bearer = {"authorization": f"Bearer {link['token']}"}
    response = client.get(link["url"], headers=bearer)
    assert_holds("enquiry_status", response, "getEnquiryStatus")

    chosen = {"time": response.json()["first_consultation"]["proposed"][0]["id"]}
    for operation_id, place, given in [
        ("chooseTime", "time/", chosen),
        ("callOffTime", "cannot-make-it/", {}),
        ("sayRunningLate", "running-late/", {}),
        ("sayOutcome", "outcome/", {"outcome": "met", "words": "It was good to talk."}),
        ("withdrawEnquiry", "withdraw/", {}),
        ("undoWithdrawal", "undo-withdrawal/", {}),
    ]:
        if operation_id in PASSING:
            set_time(enquiry, begins=PASSING[operation_id])
        done = client.post(f"{link['url']}{place}", given, content_type="application/json", headers=bearer)
        assert done.status_code == 200, done.content
        assert_sample_holds(operation_id, f"enquiries/status/{place}", steady(done.json()))
    erased = client.delete(f"{link['url']}?confirm=true", headers=bearer)
    assert erased.status_code == 204
    assert_sample_holds("eraseEnquiry", "enquiries/status/?confirm=true", None)
