import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from tests.factories.enquiries import NewEnquiryFactory
from tests.factories.therapists import TherapistPageFactory
from therapists.enquiries.answers import ContactDetails, FreeText, RankedTherapist, SuggestionRun
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, FollowUpKind, MessageKind, OutgoingMessage
from therapists.enquiries.services.submit import LETTERS, AlreadySent, SentOtherwise, receive_enquiry


@pytest.fixture
def new(enquiries_practice):
    keys = (enquiries_practice.panic.pk, enquiries_practice.grief.pk)
    return NewEnquiryFactory(answers__concerns=keys, answers__approaches=(enquiries_practice.ipt.pk,))


def test_what_is_stored_is_what_was_said(new):
    enquiry = Enquiry.objects.get(pk=receive_enquiry(new).pk)
    assert enquiry.answers() == new.answers
    assert enquiry.contact == new.contact
    assert enquiry.free_text == new.free_text
    assert enquiry.state == State.RECEIVED
    assert enquiry.deadline > enquiry.received_at
    assert [row.label for row in enquiry.concerns.all()] == ["Panic", "Grief and loss"]


def test_the_reference_can_be_read_out(new):
    prefix, middle, digits = receive_enquiry(new).reference.split("-")
    assert (prefix, len(middle), len(digits)) == ("REF", 4, 2)
    assert set(middle) <= set(LETTERS)
    assert digits.isdigit()


def test_the_row_and_the_jobs_come_and_go_together(new, jobs):
    with pytest.raises(RuntimeError), transaction.atomic():
        receive_enquiry(new)
        assert len(jobs()) == 2
        raise RuntimeError
    assert jobs() == []
    assert not Enquiry.objects.exists()
    receive_enquiry(new)
    messages = {str(key) for key in OutgoingMessage.objects.values_list("pk", flat=True)}
    assert {args["row_id"] for _task, args in jobs()} == messages
    assert all(set(args) == {"row_id"} for _task, args in jobs())


def test_a_second_submission_is_the_same_enquiry(new, jobs):
    first = receive_enquiry(new)
    again = receive_enquiry(replace(new, draw_key=uuid.uuid4()))
    assert again == first
    assert Enquiry.objects.count() == 1
    assert len(jobs()) == 2


@pytest.mark.parametrize("part", ["answers", "contact", "free_text", "consent", "chosen_therapist"])
def test_one_key_is_not_used_for_two_enquiries(new, enquiries_practice, jobs, part):
    first = receive_enquiry(new)
    therapist = TherapistPageFactory(parent=enquiries_practice.directory)
    others = {
        "answers": replace(new.answers, budget=61),
        "contact": replace(new.contact, safe_to_leave_message=True),
        "free_text": FreeText(message="Changed."),
        "consent": replace(new.consent, version="2027-01"),
        "chosen_therapist": therapist.pk,
    }
    with pytest.raises(SentOtherwise):
        receive_enquiry(replace(new, **{part: others[part]}))
    stored = Enquiry.objects.get()
    assert (stored.answers(), stored.contact, stored.free_text) == (
        first.answers(),
        new.contact,
        new.free_text,
    )
    assert len(jobs()) == 2


def test_one_opening_of_the_form_makes_one_enquiry(new, jobs):
    receive_enquiry(new)
    with pytest.raises(AlreadySent):
        receive_enquiry(replace(new, idempotency_key=uuid.uuid4()))
    assert Enquiry.objects.count() == 1
    assert len(jobs()) == 2


@pytest.mark.parametrize(
    "other", [{}, {"free_text": FreeText(message="Changed.")}, {"idempotency_key": uuid.uuid4()}]
)
def test_of_two_clicks_at_one_moment_one_wins(new, monkeypatch, other):
    first = receive_enquiry(new)
    filter_rows, calls = Enquiry.objects.filter, []

    def blind_at_first(*args):
        calls.append(args)
        return Enquiry.objects.none() if len(calls) == 1 else filter_rows(*args)

    monkeypatch.setattr(Enquiry.objects, "filter", blind_at_first)
    if other:
        with pytest.raises((SentOtherwise, AlreadySent)):
            receive_enquiry(replace(new, **other))
    else:
        assert receive_enquiry(new) == first
    monkeypatch.undo()
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"contact": ContactDetails(name="Sam")},
        {"contact": ContactDetails(name="Sam", email="sam@example.org\nBcc: all@example.org")},
        {"contact": ContactDetails(name="Sam", email="sam@example.org, eve@example.org")},
        {"answers": "unknown concern"},
    ],
)
def test_what_cannot_be_stored_leaves_nothing(new, jobs, changes):
    if changes.get("answers"):
        changes = {"answers": replace(new.answers, concerns=(999_999,))}
    with pytest.raises(ValidationError):
        receive_enquiry(replace(new, **changes))
    assert not Enquiry.objects.exists()
    assert jobs() == []


def test_an_unsafe_address_gets_no_mail_and_a_person_is_asked(new):
    contact = replace(new.contact, safe_to_email=False)
    enquiry = receive_enquiry(replace(new, contact=contact))
    assert [message.kind for message in enquiry.messages.all()] == [MessageKind.NEW_ENQUIRY]
    assert [task.kind for task in enquiry.follow_ups.all()] == [FollowUpKind.NOT_SAFE_TO_EMAIL]


@pytest.mark.guide(
    "Risk phrases (the Matching team's): words of your own in any language, beside those that the site "
    "knows, in any of their forms, after which help is shown first and a person reads an enquiry first.",
)
@pytest.mark.parametrize(
    ("message", "state"),
    [
        ("I can’t go on like this", State.SAFETY_HOLD),
        ("Some days I want to   DIE.", State.SAFETY_HOLD),
        ("My diet wants to change", State.RECEIVED),
        ("", State.RECEIVED),
    ],
)
def test_words_about_safety_hold_it_for_a_person(new, message, state):
    enquiry = receive_enquiry(replace(new, free_text=FreeText(message=message)))
    assert enquiry.state == state
    kinds = {task.kind for task in enquiry.follow_ups.all()}
    assert (FollowUpKind.READ_FOR_SAFETY in kinds) == (state == State.SAFETY_HOLD)


def test_suggestions_are_kept_with_their_reasons(new, enquiries_practice):
    therapist = TherapistPageFactory(parent=enquiries_practice.directory)
    suggestion = RankedTherapist(therapist.pk, 86.2, {"concern": 86.2}, ("Specialises in panic.",))
    run = SuggestionRun("1", date(2026, 11, 22), "0" * 64, (suggestion,), {"gender": 2})
    enquiry = receive_enquiry(replace(new, suggestions=run, chosen_therapist=therapist.pk))
    stored = enquiry.suggestion_runs.get()
    assert stored.excluded == {"gender": 2}
    assert stored.suggestions.get().reasons == ["Specialises in panic."]
    assert enquiry.chosen_therapist == therapist
