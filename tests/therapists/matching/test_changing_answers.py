"""A visitor changes their answers by the private link of their status page."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.factories.enquiries import (
    NewEnquiryFactory,
    make_matcher,
    make_offerable_therapist,
    offer_to,
    stored_enquiry,
)
from tests.factories.therapists import WeeklyWindowFactory
from tests.therapists.matching.visitor import form_fields
from therapists.enquiries.answers import FreeText
from therapists.enquiries.enums import Priority, State
from therapists.enquiries.free_times import open_times
from therapists.enquiries.mail.emails import compose
from therapists.enquiries.models import Consultation, Enquiry, FollowUpKind, MessageKind, OfferState
from therapists.enquiries.services.lifecycle import withdraw
from therapists.enquiries.services.offers import accept, release
from therapists.enquiries.services.submit import receive_enquiry
from therapists.enquiries.services.undoing_withdrawal import undo_withdrawal
from therapists.enquiries.signed_links import Purpose, token
from therapists.enums import Language
from therapists.matching.form.meeting_times import key_of


@pytest.fixture
def enquiry(practice):
    make_matcher()
    return stored_enquiry(practice.grief.pk, answers__languages=())


@pytest.fixture
def status(enquiry):
    return reverse("enquiries:status", args=[token(Purpose.STATUS, enquiry.pk)])


@pytest.fixture
def change(client, enquiry, status):
    """Opens the page of one question from the list, answers it anew, and sends it as a browser would."""

    def send(key, **answers):
        address = f"{status}change/{key}/"
        fields = form_fields(BeautifulSoup(client.get(address).content, "html.parser"))
        data = {}
        for name, value in fields:
            if name not in answers:
                data.setdefault(name, []).append(value)
        response = client.post(address, {**data, **answers})
        enquiry.refresh_from_db()
        return response

    return send


@pytest.fixture
def page(client, status):
    """Reads the status page, and says what stands there."""

    def read():
        soup = BeautifulSoup(client.get(status).content, "html.parser")
        soup.rows = {
            row.dt.text: [line.text for line in row.select(".checked__answer")]
            for row in soup.select("#told .checked__row")
        }
        return soup

    return read


@pytest.fixture
def offered(enquiry, practice):
    matcher = make_matcher("second")
    therapist = make_offerable_therapist(practice.directory, "Sample First")
    return offer_to(enquiry, therapist, matcher)


def test_it_shows_all_that_was_told_each_with_its_own_page_and_saving_it_again_changes_nothing(
    client, practice
):
    therapist = make_offerable_therapist(practice.directory, "Sample Picked")
    new = NewEnquiryFactory(
        answers__concerns=(practice.grief.pk, practice.panic.pk),
        answers__languages=(Language.WELSH,),
        answers__language_is_essential=True,
        answers__matters_most=Priority.FEE,
        answers__wants_reduced_fee=True,
        contact__pronouns="they",
        contact__contact_notes="After six.",
        free_text=FreeText(
            message="Hello.", may_be_shared=True, extra_answers=(("How did you hear of us?", "A friend."),)
        ),
        chosen_therapist=therapist.pk,
    )
    enquiry = receive_enquiry(new)
    soon = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=9)
    enquiry.preferred_times.create(starts=soon)
    status = reverse("enquiries:status", args=[token(Purpose.STATUS, enquiry.pk)])
    soup = BeautifulSoup(client.get(status).content, "html.parser")
    rows = [
        (row.dt.text, [line.text for line in row.select(".checked__answer")])
        for row in soup.select("#told .checked__row")
    ]
    [(_, [first_time])] = [row for row in rows if row[0].startswith("When could you meet")]
    assert "(UK time)" in first_time
    assert rows == [
        ("What is the main thing that brings you here?", ["Grief and loss"]),
        ("Is there anything else?", ["Panic"]),
        ("Who is it for?", ["Me"]),
        ("How could you meet?", ["Video"]),
        ("How soon would you like to begin?", ["Within a month"]),
        (
            "About how much could you pay for one session, in pounds?",
            ["60", "I would like to ask for a reduced fee"],
        ),
        ("When are you usually free?", ["Tuesday evening", "Friday morning"]),
        ("Would you rather see a woman, a man, or someone non-binary?", ["Woman"]),
        (
            "Would you like to talk in a language other than English?",
            ["Welsh", "I can only talk in this language"],
        ),
        ("If not everything is possible, what matters most?", ["The fee"]),
        ("Who would you like to ask?", ["Sample Picked"]),
        ("When could you meet for the free first consultation?", [first_time]),
        ("What should we call you?", ["Sam Sample"]),
        ("Your pronouns", ["they"]),
        ("E-mail address", ["sam@example.org", "Is it safe for us to e-mail you? Yes"]),
        ("Phone number", ["020 7946 0000"]),
        ("Is there anything to know about reaching you?", ["After six."]),
        (
            "Is there anything you would like to say in your own words?",
            ["Hello.", "The therapist we ask may read these words before we introduce you"],
        ),
        ("How did you hear of us?", ["A friend."]),
    ]
    assert [link.text for link in soup.select("#told details a")] == [
        "Would you like a particular kind of therapy?"
    ]
    before = Enquiry.objects.get(pk=enquiry.pk).told()
    for link in soup.select("#told dl a, #told details a"):
        asked = BeautifulSoup(client.get(link["href"]).content, "html.parser")
        heading = asked.h1.get_text(" ", strip=True)
        named = link.text.removeprefix("Change: ")
        assert heading.startswith(named) or heading == "How we can reach you"
        data = {}
        for name, value in form_fields(asked):
            data.setdefault(name, []).append(value)
        response = client.post(link["href"], data)
        assert (response.status_code, response["Location"]) == (302, f"{status}#told"), named
        assert not response.cookies, named
        cache.clear()  # a person takes longer than the throttle of links allows
    enquiry = Enquiry.objects.get(pk=enquiry.pk)
    assert enquiry.told() == before
    assert not enquiry.follow_ups.exists()
    assert not enquiry.suggestion_runs.exists()


def test_new_wishes_are_ranked_anew_and_a_person_is_told_only_that_they_changed(
    change, client, enquiry, make_therapist, page
):
    make_therapist("Sample Person")
    change("fee", budget="85")
    assert "Saved. You changed: “About how much could you pay" in page().select_one("[role=status]").text
    assert not page().select("[role=status]")
    change("week", slots=["0-morning"])
    change("notes", contact_notes="After six.")
    changed = Enquiry.objects.get(pk=enquiry.pk)
    assert changed.budget == 85
    assert [str(slot) for slot in changed.slots.all()] == ["Monday morning"]
    assert changed.contact.contact_notes == "After six."
    assert changed.state == State.RECEIVED
    [task] = changed.follow_ups.all()
    assert task.kind == FollowUpKind.CHANGED_BY_VISITOR
    assert changed.suggestion_runs.count() == 2
    run = changed.suggestion_runs.first()
    assert [row.therapist.title for row in run.suggestions.all()] == ["Sample Person"]
    client.force_login(make_matcher("reader"))
    history = client.get(reverse("enquiries_admin:enquiry", args=[enquiry.pk])).content.decode()
    assert "They changed what they told us" in history.partition("What happened so far")[2]


def test_concerns_and_own_words_are_changed_too(change, enquiry, practice, page):
    change("concern", main_concern=str(practice.panic.pk))
    assert (enquiry.named_concerns(), enquiry.suggestion_runs.count()) == (["Panic"], 1)
    change("other-concerns", other_concerns=[str(practice.grief.pk)])
    assert enquiry.named_concerns() == ["Panic", "Grief and loss"]
    # What comes to the front is not named twice, and what else was said stays.
    change("concern", main_concern=str(practice.grief.pk))
    assert enquiry.named_concerns() == ["Grief and loss"]
    change("other-concerns", other_concerns=[str(practice.panic.pk)])
    change("concern", main_concern="other")
    assert enquiry.named_concerns("?") == ["?", "Panic"]
    change("words", message="It is about my mother.", message_may_be_shared="on")
    assert enquiry.free_text == FreeText(message="It is about my mother.", may_be_shared=True)
    change("words", message="")
    assert enquiry.free_text.message == ""
    assert "Something else, or I am not sure" in page().rows["What is the main thing that brings you here?"]
    assert enquiry.follow_ups.count() == 1


def test_two_open_pages_do_not_undo_each_other(change, client, status, enquiry):
    other = client.get(f"{status}change/how/")
    change("fee", budget="85")
    assert other.status_code == 200
    client.post(f"{status}change/how/", {"formats": ["phone"]})
    client.post(f"{status}change/name/", {"name": "Sam"})
    enquiry.refresh_from_db()
    assert (enquiry.budget, enquiry.formats, enquiry.contact.name) == (85, ["phone"], "Sam")


def test_an_offer_on_the_old_answers_is_taken_back(change, client, status, enquiry, offered):
    assert "we stop that and look again" in client.get(f"{status}change/fee/").content.decode()
    assert "we stop that and look again" not in client.get(f"{status}change/reach/").content.decode()
    change("fee", budget="85")
    offered.refresh_from_db()
    assert (enquiry.state, offered.state) == (State.REVIEW, OfferState.REVOKED)
    assert not enquiry.shortlist.exists()


def test_whoever_asks_for_somebody_else_stops_the_offer_to_the_first(
    change, enquiry, offered, make_therapist
):
    picked = make_therapist("Sample Second")
    change("therapist", choice=str(picked.pk))
    offered.refresh_from_db()
    assert (enquiry.state, offered.state) == (State.REVIEW, OfferState.REVOKED)
    assert enquiry.chosen_therapist == picked
    change("therapist", choice="practice")
    assert enquiry.chosen_therapist is None
    assert change("therapist", choice="0").status_code == 422


def test_an_acceptance_of_the_old_answers_does_not_count_and_they_may_be_asked_again(
    change, enquiry, offered
):
    accept(offered.pk)
    change("fee", budget="85")
    offered.refresh_from_db()
    assert (enquiry.state, enquiry.therapist, offered.state) == (State.REVIEW, None, OfferState.REVOKED)


def test_a_new_way_to_be_reached_or_other_words_take_nothing_back(change, enquiry, offered):
    change("reach", safe_to_email="no", phone="020 7946 0001")
    change("words", message="One more thing.")
    offered.refresh_from_db()
    assert (enquiry.state, offered.state) == (State.OFFERED, OfferState.LIVE)
    assert not enquiry.contact.safe_to_email
    assert enquiry.follow_ups.filter(kind=FollowUpKind.CHANGED_BY_VISITOR).exists()


def test_a_corrected_address_gets_the_link_and_the_page_says_so(change, client, status, enquiry):
    change("reach", email="sample@gamil.com", safe_to_email="yes")
    letters = enquiry.messages.filter(kind=MessageKind.ACKNOWLEDGEMENT)
    assert letters.count() == 2
    shown = " ".join(BeautifulSoup(client.get(status).content, "html.parser").text.split())
    assert "We write to sample@gamil.com. We send the link to this page there as well." in shown
    assert "Did you mean sample@gmail.com?" in shown
    change("reach", email="sample@gmail.com", safe_to_email="yes")
    change("reach", email="sample@gmail.com", safe_to_email="yes")
    assert letters.count() == 3
    assert "Did you mean" not in client.get(status).content.decode()
    change("reach", email="other@gmail.com", safe_to_email="no", phone="020 7946 0001")
    assert letters.count() == 3
    assert "We call <strong>020 7946 0001</strong>" in client.get(status).content.decode()


def test_after_an_introduction_only_the_way_to_be_reached_is_changed_and_the_therapist_is_told(
    change, client, status, enquiry, offered, page
):
    accept(offered.pk)
    release(enquiry.pk, by=make_matcher("third"))
    for key, answer in (("fee", {"budget": "85"}), ("words", {"message": "New."}), ("concern", {})):
        address = f"{status}change/{key}/"
        assert client.get(address).status_code == 302
        assert client.post(address, answer).status_code == 302
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.budget, enquiry.free_text.message) == (State.INTRODUCED, 60, "Hello.")
    shown = page()
    assert {link["href"].split("/")[-2] for link in shown.select("#told a")} == {
        "name",
        "reach",
    }
    assert "your therapist is told to look" in shown.select_one("#told").text
    change("reach", phone="+49 30 / 1234567")
    change("notes", contact_notes="After six.")
    [letter] = enquiry.messages.filter(kind=MessageKind.CONTACT_CHANGED)
    mail = compose(letter)
    assert mail.to == [offered.therapist.private.offer_email]
    assert "After six" not in mail.body
    introduction = reverse("enquiries:introduction", args=[token(Purpose.INTRODUCTION, offered.pk)])
    assert introduction.rsplit(".", 1)[0].rsplit("/", 1)[0] in mail.body
    assert "+49 30 1234567" in client.get(introduction).content.decode()


def test_after_withdrawing_all_is_still_shown_and_can_be_changed_once_that_is_undone(
    change, client, status, enquiry, page
):
    withdraw(enquiry.pk)
    assert client.post(f"{status}change/reach/", {"phone": "020 7946 0001"}).status_code == 302
    shown = page()
    assert shown.rows["Phone number"] == ["020 7946 0000"]
    assert not shown.select("#told a")
    assert "You can undo that first." in shown.text
    undo_withdrawal(enquiry.pk)
    assert change("fee", budget="85").status_code == 302
    assert enquiry.budget == 85


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("notes", {"contact_notes": "I want to end my life."}),
        ("words", {"message": "I want to end my life."}),
    ],
)
def test_new_words_of_risk_put_it_before_a_person_and_show_who_helps(
    change, client, enquiry, status, page, key, answers
):
    assert not page().select(".stack--sections > .help-now")
    assert change(key, **answers)["Location"] == status
    assert enquiry.state == State.SAFETY_HOLD
    assert enquiry.follow_ups.filter(kind=FollowUpKind.READ_FOR_SAFETY).exists()
    assert page().select(".stack--sections > .help-now")
    assert enquiry.messages.filter(kind=MessageKind.READ_TODAY).exists()
    # Another answer asks nobody to read the same words again.
    enquiry.follow_ups.all().delete()
    change("fee", budget="85")
    assert not enquiry.follow_ups.filter(kind=FollowUpKind.READ_FOR_SAFETY).exists()


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


def test_the_preferred_times_are_shown_and_can_be_changed(change, enquiry, two_times):
    change("times")
    assert times_of(enquiry) == two_times[:1]
    assert not enquiry.follow_ups.exists()
    change("times", preferred_times=[key_of(two_times[1])])
    assert times_of(enquiry) == two_times[1:]
    assert enquiry.follow_ups.get().kind == FollowUpKind.CHANGED_BY_VISITOR
    assert not enquiry.suggestion_runs.exists()
    change("times", preferred_times=[])
    assert times_of(enquiry) == []


def test_a_time_held_for_them_can_still_be_said_again(change, enquiry, offered, two_times):
    accept(offered.pk, two_times[0])
    Consultation.objects.update(therapist=Enquiry.objects.get(pk=enquiry.pk).chosen_therapist)
    change("times")
    change("reach", phone="020 7946 0001")
    assert times_of(enquiry) == two_times[:1]
    assert enquiry.consultations.held().exists()
    change("times", preferred_times=[key_of(two_times[1])])
    assert not enquiry.consultations.held().exists()


def test_a_time_that_has_passed_is_no_change(change, enquiry, two_times):
    enquiry.preferred_times.update(starts=timezone.now() - timedelta(hours=1))
    change("times")
    assert not enquiry.follow_ups.exists()


@pytest.mark.parametrize(
    ("key", "wrong", "says"),
    [
        ("concern", {"main_concern": ""}, "Choose what is closest"),
        ("how", {"formats": []}, "Choose at least one way to meet."),
        ("how", {"formats": ["smoke"]}, "smoke"),
        ("fee", {"budget": "lots"}, "Write the sum in figures"),
        ("fee", {"budget": "-1"}, "Write a sum above zero"),
        ("week", {"slots": ["9-night"]}, "9-night"),
        ("week", {"only_these_slots": "on", "slots": []}, "Choose the times you can do"),
        ("who", {"client_group": ""}, "Say who it is for."),
        ("gender", {"gender_is_essential": "on", "genders": []}, "Say which is essential to you"),
        ("reach", {"safe_to_email": "no", "phone": ""}, "Give a phone number"),
        ("reach", {"email": "not an address"}, "Write the e-mail address in full"),
        ("reach", {"phone": "-------"}, "Write the phone number with its area code"),
        ("name", {"name": ""}, "Say what we should call you."),
        ("times", {"preferred_times": ["soon"]}, "One of these times is no longer free."),
    ],
)
def test_wrong_answers_are_explained_and_nothing_is_changed(change, enquiry, key, wrong, says):
    before = enquiry.told()
    response = change(key, **wrong)
    assert response.status_code == 422
    assert says in BeautifulSoup(response.content, "html.parser").select_one(".error-summary").text
    enquiry = Enquiry.objects.get(pk=enquiry.pk)
    assert enquiry.told() == before
    assert not enquiry.follow_ups.exists()


def test_the_page_is_kept_by_no_cache_and_opened_by_no_other_link(client, status, enquiry, offered):
    address = f"{status}change/fee/"
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    wrong = reverse("matching:change", args=[token(Purpose.OFFER, offered.pk), "fee"])
    assert client.get(wrong).status_code == 404
    assert client.get(f"{status}change/own-nothing/").status_code == 404
    codes = [client.get(address).status_code for _ in range(35)]
    assert codes[-1] == 429
