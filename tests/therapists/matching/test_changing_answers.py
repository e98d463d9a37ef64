"""A visitor changes their answers by the private link of their status page."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from tests.factories.enquiries import make_matcher, make_offerable_therapist, stored_enquiry
from tests.factories.therapists import WeeklyWindowFactory
from tests.therapists.matching.visitor import form_fields
from therapists.enquiries.enums import State
from therapists.enquiries.free_times import open_times
from therapists.enquiries.models import Consultation, Enquiry, FollowUpKind, MessageKind, OfferState
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.offers import accept, offer_to_next, release, set_shortlist
from therapists.enquiries.signed_links import Purpose, token
from therapists.matching.form.meeting_times import key_of


@pytest.fixture
def enquiry(practice):
    make_matcher()
    return stored_enquiry(practice.grief.pk, answers__languages=())


@pytest.fixture
def change(client, enquiry):
    """Opens the form, changes the answers named, and sends it as a browser would."""
    address = reverse("matching:preferences", args=[token(Purpose.STATUS, enquiry.pk)])

    def send(**answers):
        fields = form_fields(BeautifulSoup(client.get(address).content, "html.parser"))
        data = {}
        for name, value in fields:
            if name not in answers:
                data.setdefault(name, []).append(value)
        response = client.post(address, {**data, **answers})
        enquiry.refresh_from_db()
        return response

    send.address = address
    return send


@pytest.fixture
def offered(enquiry, practice):
    matcher = make_matcher("second")
    move(enquiry.pk, State.REVIEW, by=matcher)
    therapist = make_offerable_therapist(practice.directory, "Sample First")
    set_shortlist(enquiry.pk, [therapist], by=matcher, reason="They fit.")
    return offer_to_next(enquiry.pk, by=matcher)


def test_the_form_shows_the_answers_and_sending_them_again_changes_nothing(change, enquiry):
    before, contact = enquiry.answers(), enquiry.contact
    response = change()
    assert response.status_code == 302
    enquiry = Enquiry.objects.get(pk=enquiry.pk)
    assert (enquiry.answers(), enquiry.contact) == (before, contact)
    assert not enquiry.follow_ups.exists()
    assert not enquiry.suggestion_runs.exists()


def test_new_wishes_are_ranked_anew_and_a_person_is_told_only_that_they_changed(
    change, enquiry, make_therapist
):
    make_therapist("Sample Person")
    change(budget="85", slots=["0-morning"], contact_notes="After six.")
    changed = Enquiry.objects.get(pk=enquiry.pk)
    assert changed.budget == 85
    assert [str(slot) for slot in changed.slots.all()] == ["Monday, Morning"]
    assert changed.contact.contact_notes == "After six."
    assert changed.state == State.RECEIVED
    [task] = changed.follow_ups.all()
    assert task.kind == FollowUpKind.CHANGED_BY_VISITOR
    run = changed.suggestion_runs.get()
    assert [row.therapist.title for row in run.suggestions.all()] == ["Sample Person"]
    change(budget="90")
    assert changed.follow_ups.count() == 1
    assert changed.suggestion_runs.count() == 2


def test_an_offer_on_the_old_answers_is_taken_back(change, enquiry, offered):
    change(budget="85")
    offered.refresh_from_db()
    assert (enquiry.state, offered.state) == (State.REVIEW, OfferState.REVOKED)
    assert not enquiry.shortlist.exists()


def test_an_acceptance_of_the_old_answers_does_not_count_and_they_may_be_asked_again(
    change, enquiry, offered
):
    accept(offered.pk)
    change(budget="85")
    offered.refresh_from_db()
    assert (enquiry.state, enquiry.therapist, offered.state) == (State.REVIEW, None, OfferState.REVOKED)


def test_a_new_way_to_be_reached_takes_nothing_back(change, enquiry, offered):
    change(safe_to_email="no", phone="020 7946 0001")
    offered.refresh_from_db()
    assert (enquiry.state, offered.state) == (State.OFFERED, OfferState.LIVE)
    assert not enquiry.contact.safe_to_email
    assert enquiry.follow_ups.filter(kind=FollowUpKind.CHANGED_BY_VISITOR).exists()


def test_a_corrected_address_gets_the_link_and_the_page_says_so(change, client, enquiry):
    change(email="sample@gamil.com", safe_to_email="yes")
    letters = enquiry.messages.filter(kind=MessageKind.ACKNOWLEDGEMENT)
    assert letters.count() == 2
    status = reverse("enquiries:status", args=[token(Purpose.STATUS, enquiry.pk)])
    shown = " ".join(BeautifulSoup(client.get(status).content, "html.parser").text.split())
    assert "We write to sample@gamil.com. We send the link to this page there as well." in shown
    assert "Did you mean sample@gmail.com?" in shown
    change(email="sample@gmail.com", safe_to_email="yes")
    change(email="sample@gmail.com", safe_to_email="yes")
    assert letters.count() == 3
    assert "Did you mean" not in client.get(status).content.decode()
    change(email="other@gmail.com", safe_to_email="no", phone="020 7946 0001")
    assert letters.count() == 3
    assert "We call <strong>020 7946 0001</strong>" in client.get(status).content.decode()


def test_after_an_introduction_nothing_can_be_changed(change, client, enquiry, offered):
    accept(offered.pk)
    release(enquiry.pk, by=make_matcher("third"))
    assert client.get(change.address).status_code == 302
    assert client.post(change.address, {"budget": "85"}).status_code == 302
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.budget) == (State.INTRODUCED, 60)
    status = client.get(reverse("enquiries:status", args=[token(Purpose.STATUS, enquiry.pk)]))
    assert change.address not in status.content.decode()


def test_words_of_risk_in_the_notes_put_it_before_a_person(change, enquiry):
    change(contact_notes="I want to end my life.")
    assert enquiry.state == State.SAFETY_HOLD
    assert enquiry.follow_ups.filter(kind=FollowUpKind.READ_FOR_SAFETY).exists()


@pytest.fixture
def two_times(enquiry, practice):
    """Open times of the therapist they picked; the first of the two is what they said."""
    therapist = make_offerable_therapist(practice.directory, "Sample Picked")
    WeeklyWindowFactory(availability=therapist.availability, ends="10:00")
    Enquiry.objects.filter(pk=enquiry.pk).update(chosen_therapist=therapist)
    times = open_times([therapist.pk], timezone.localdate())
    enquiry.preferred_times.create(starts=times[0])
    return times


def times_of(enquiry):
    return list(enquiry.preferred_times.values_list("starts", flat=True))


def test_the_form_shows_the_preferred_times_and_they_can_be_changed(change, enquiry, two_times):
    change()
    assert times_of(enquiry) == two_times[:1]
    assert not enquiry.follow_ups.exists()
    change(preferred_times=[key_of(two_times[1])])
    assert times_of(enquiry) == two_times[1:]
    assert enquiry.follow_ups.get().kind == FollowUpKind.CHANGED_BY_VISITOR
    assert not enquiry.suggestion_runs.exists()
    change(preferred_times=[])
    assert times_of(enquiry) == []


def test_a_time_held_for_them_can_still_be_said_again(change, enquiry, offered, two_times):
    accept(offered.pk, two_times[0])
    Consultation.objects.update(therapist=Enquiry.objects.get(pk=enquiry.pk).chosen_therapist)
    change(phone="020 7946 0001")
    assert times_of(enquiry) == two_times[:1]
    assert enquiry.consultations.held().exists()
    change(preferred_times=[key_of(two_times[1])])
    assert not enquiry.consultations.held().exists()


def test_a_time_that_has_passed_is_no_change(change, enquiry, two_times):
    enquiry.preferred_times.update(starts=timezone.now() - timedelta(hours=1))
    change()
    assert not enquiry.follow_ups.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"formats": []}, "Choose at least one way to meet."),
        ({"formats": ["smoke"]}, "smoke"),
        ({"budget": "lots"}, "Write the sum in figures"),
        ({"budget": "-1"}, "Write a sum above zero"),
        ({"slots": ["9-night"]}, "9-night"),
        ({"only_these_slots": "on", "slots": []}, "Choose the times you can do"),
        ({"client_group": ""}, "Say who it is for."),
        ({"gender_is_essential": "on", "genders": []}, "Say which is essential to you"),
        ({"safe_to_email": "no", "phone": ""}, "Give a phone number"),
        ({"email": "not an address"}, "Write the e-mail address in full"),
        ({"name": ""}, "Say what we should call you."),
        ({"preferred_times": ["soon"]}, "One of these times is no longer free."),
    ],
)
def test_wrong_answers_are_explained_and_nothing_is_changed(change, enquiry, wrong, says):
    before, contact = enquiry.answers(), enquiry.contact
    response = change(**wrong)
    assert response.status_code == 422
    assert says in BeautifulSoup(response.content, "html.parser").select_one(".error-summary").text
    enquiry = Enquiry.objects.get(pk=enquiry.pk)
    assert (enquiry.answers(), enquiry.contact) == (before, contact)
    assert not enquiry.follow_ups.exists()


def test_the_page_is_kept_by_no_cache_and_opened_by_no_other_link(client, change, enquiry, offered):
    response = client.get(change.address)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    wrong = reverse("matching:preferences", args=[token(Purpose.OFFER, offered.pk)])
    assert client.get(wrong).status_code == 404
    codes = [client.get(change.address).status_code for _ in range(35)]
    assert codes[-1] == 429
