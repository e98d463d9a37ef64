"""A confirmed time is called off: both hear of it, and another is found."""

from datetime import timedelta
from email import message_from_string
from email.policy import default

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.factories.enquiries import ContactDetailsFactory, introduce, stored_enquiry
from therapists.enquiries.enums import State
from therapists.enquiries.mail import queue as outbox
from therapists.enquiries.models import (
    Consultation,
    ConsultationState,
    Enquiry,
    FollowUpKind,
    MessageKind,
    OutgoingMessage,
)
from therapists.enquiries.services import retention
from therapists.enquiries.services.consultations import cannot_make_it, choose, propose
from therapists.enquiries.services.lifecycle import move, withdraw
from therapists.enquiries.services.retention import erase
from therapists.enquiries.signed_links import Purpose, token

SOON = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=8)
CALLED_OFF = [MessageKind.CALLED_OFF_THERAPIST, MessageKind.CALLED_OFF_VISITOR]


@pytest.fixture
def contact():
    return ContactDetailsFactory()


@pytest.fixture
def introduced(enquiries_practice, matcher, therapist, contact):
    enquiry = stored_enquiry(enquiries_practice.grief.pk, preferred_times=(SOON,), contact=contact)
    introduced = introduce(enquiry, therapist, matcher, SOON)
    introduced.follow_ups.all().delete()
    return introduced


@pytest.fixture
def status(introduced):
    def at(name="status"):
        return reverse(f"enquiries:{name}", args=[token(Purpose.STATUS, introduced.pk)])

    return at


@pytest.fixture
def introduction(introduced):
    return reverse("enquiries:introduction", args=[token(Purpose.INTRODUCTION, introduced.offers.get().pk)])


def states_of(enquiry):
    return set(enquiry.consultations.values_list("state", flat=True))


def told_of_it(enquiry):
    return sorted(enquiry.messages.filter(kind__in=CALLED_OFF).values_list("kind", flat=True))


def test_the_visitor_cannot_make_it_and_the_therapist_is_asked_for_others(
    client, introduced, status, introduction
):
    assert "I cannot make this time" in client.get(status()).content.decode()
    page = client.post(status("cannot_make_it"), follow=True).content.decode()
    assert "Your therapist has been asked to propose others" in page
    assert "I cannot make this time" not in page
    assert told_of_it(introduced) == CALLED_OFF
    assert "could not be kept. Please propose others." in client.get(introduction).content.decode()
    again = timezone.localtime(SOON) + timedelta(days=1)
    client.post(introduction, {"time_1": again.strftime("%Y-%m-%dT%H:%M")})
    [proposed] = introduced.consultations.proposed()
    choose(introduced.pk, proposed.pk)
    assert states_of(introduced) == {ConsultationState.CALLED_OFF, ConsultationState.CONFIRMED}


def test_a_second_click_calls_nothing_off(client, introduced, status):
    for _ in range(2):
        assert client.post(status("cannot_make_it")).status_code == 302
    assert told_of_it(introduced) == CALLED_OFF
    with pytest.raises(ValidationError):
        cannot_make_it(introduced.pk)


def test_looking_calls_nothing_off(client, introduced, status):
    assert client.get(status("cannot_make_it"))["Location"] == status("status")
    assert states_of(introduced) == {ConsultationState.CONFIRMED}


def test_a_therapist_who_proposes_others_calls_it_off(client, introduced, status, introduction):
    assert "The time above is then called off" in client.get(introduction).content.decode()
    other = timezone.localtime(SOON) + timedelta(days=2)
    client.post(introduction, {"time_1": other.strftime("%Y-%m-%dT%H:%M")})
    assert states_of(introduced) == {ConsultationState.CALLED_OFF, ConsultationState.PROPOSED}
    assert told_of_it(introduced) == CALLED_OFF
    # The e-mail that calls it off leads to the page with the others: one is enough.
    assert not introduced.messages.filter(kind=MessageKind.UPDATE).exists()
    assert "Which time suits you?" in client.get(status()).content.decode()


def test_times_that_cannot_be_proposed_call_nothing_off(introduced, therapist, enquiries_practice):
    busy = SOON + timedelta(days=1)
    Consultation.objects.create(
        enquiry=stored_enquiry(enquiries_practice.panic.pk),
        therapist=therapist,
        during=(busy, busy + timedelta(minutes=20)),
    )
    with pytest.raises(ValidationError):
        propose(introduced.pk, [busy])
    assert states_of(introduced) == {ConsultationState.CONFIRMED}
    assert told_of_it(introduced) == []


@pytest.mark.parametrize("way", ["review", "not_started", "withdrawn"])
def test_an_enquiry_that_goes_elsewhere_calls_it_off(introduced, matcher, way):
    if way == "withdrawn":
        withdraw(introduced.pk)
    else:
        move(introduced.pk, State(way), by=matcher)
    assert states_of(introduced) == {ConsultationState.CALLED_OFF}
    waiting = introduced.messages.filter(state="queued").values_list("kind", flat=True)
    assert set(CALLED_OFF) <= set(waiting)


def test_what_took_place_is_not_called_off(introduced, matcher):
    past = timezone.now() - timedelta(hours=1)
    Consultation.objects.update(during=(past, past + timedelta(minutes=20)))
    move(introduced.pk, State.CONSULTED, by=matcher)
    move(introduced.pk, State.NOT_STARTED, by=matcher)
    assert told_of_it(introduced) == []


@pytest.mark.parametrize("contact", [ContactDetailsFactory(safe_to_email=False)])
def test_where_writing_is_not_safe_a_person_calls_unless_they_did_it_themselves(introduced):
    cannot_make_it(introduced.pk)
    assert told_of_it(introduced) == [MessageKind.CALLED_OFF_THERAPIST]
    assert not introduced.follow_ups.exists()


@pytest.mark.parametrize("contact", [ContactDetailsFactory(safe_to_email=False)])
def test_where_writing_is_not_safe_a_person_calls(introduced):
    propose(introduced.pk, [SOON + timedelta(days=1)])
    assert told_of_it(introduced) == [MessageKind.CALLED_OFF_THERAPIST]
    assert introduced.follow_ups.get().kind == FollowUpKind.NOT_SAFE_TO_EMAIL


@pytest.fixture
def erased(introduced):
    """The consultation that is left when the visitor erased all else."""
    erase(introduced.pk)
    return Consultation.objects.get()


def test_the_therapist_of_someone_who_erased_everything_hears_that_it_is_off(erased, therapist, postbox):
    assert (erased.enquiry, erased.state, erased.therapist) == (
        None,
        ConsultationState.CALLED_OFF,
        therapist,
    )
    [message] = OutgoingMessage.objects.all()
    outbox.deliver_message(str(message.pk))
    [text] = postbox.texts()
    letter = message_from_string(text, policy=default)
    assert letter["To"] == "sample-first@therapists.example"
    assert letter["Subject"] == "A time is called off"
    body = letter.get_body(("plain",)).get_content()
    assert "There is nothing you need to do." in body
    assert "/enquiries/" not in body


def test_nothing_is_left_of_it_once_its_time_has_passed(erased):
    retention.purge()
    assert Consultation.objects.exists()
    past = timezone.now() - timedelta(hours=1)
    Consultation.objects.update(during=(past, past + timedelta(minutes=20)))
    retention.purge()
    assert not Consultation.objects.exists()
    assert not OutgoingMessage.objects.exists()


def test_an_e_mail_that_belongs_to_no_enquiry_and_fails_is_a_task_too(
    client, erased, postbox, matcher, django_user_model
):
    postbox.answer = "550 No such address"
    [message] = OutgoingMessage.objects.all()
    outbox.deliver_message(str(message.pk))
    client.force_login(matcher)
    inbox = reverse("enquiries_admin:inbox")
    page = client.get(inbox).content.decode()
    assert "To a therapist: the time is called off" in page
    assert "Sample First" in page
    task = message.follow_ups.get()
    done = reverse("enquiries_admin:task_done", args=[task.pk])
    client.force_login(django_user_model.objects.create_user("admin", is_superuser=True))
    assert client.post(done).status_code == 404
    client.force_login(matcher)
    assert client.post(done).status_code == 302
    assert "This task was done already." in client.post(done, follow=True).content.decode()
    task.refresh_from_db()
    assert task.done_by == matcher
    assert "Sample First" not in client.get(inbox).content.decode()
    assert not Enquiry.objects.exists()
