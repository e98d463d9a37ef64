"""Once the time has passed both are asked what became of it, and what they say is acted on and counted."""

from datetime import timedelta
from email import message_from_string
from email.policy import default

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.factories.enquiries import introduce, offer_to, stored_enquiry
from therapists.enquiries.enums import State
from therapists.enquiries.mail import queue as outbox
from therapists.enquiries.models import (
    Consultation,
    Enquiry,
    FollowUpKind,
    MessageKind,
    Offer,
    OfferState,
    OutgoingMessage,
)
from therapists.enquiries.reports.outcome_figures import outcomes_since
from therapists.enquiries.reports.response_figures import acceptance, days_ago
from therapists.enquiries.services.outcomes import ask_what_became
from therapists.enquiries.services.retention import erase
from therapists.enquiries.signed_links import Purpose, token

SOON = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=8)


@pytest.fixture
def introduced(enquiries_practice, therapist, matcher):
    """With a time that has passed."""
    stored = stored_enquiry(enquiries_practice.grief.pk, preferred_times=(SOON,))
    introduce(stored, therapist, matcher, SOON)
    past = timezone.now() - timedelta(hours=3)
    Consultation.objects.update(during=(past, past + timedelta(minutes=20)))
    OutgoingMessage.objects.update(state="sent")
    stored.follow_ups.all().delete()
    return stored


@pytest.fixture
def page_of(introduced):
    keys = {"visitor": (Purpose.STATUS, introduced.pk), "therapist": None}

    def address(side, name=""):
        keys["therapist"] = (Purpose.INTRODUCTION, Offer.objects.get(enquiry=introduced).pk)
        actions = {"visitor": "outcome", "therapist": "introduced_outcome"}
        purpose, key = keys[side]
        return reverse(f"enquiries:{actions[side] if name else purpose}", args=[token(purpose, key)])

    return address


def state():
    return Enquiry.objects.get().state


def test_both_are_asked_once_and_only_whoever_has_not_said(introduced, page_of, client, postbox):
    assert ask_what_became() == 1
    assert ask_what_became() == 0
    client.post(page_of("therapist", "outcome"), {"outcome": "not_come"})
    for key in OutgoingMessage.objects.filter(state="queued").values_list("pk", flat=True):
        outbox.deliver_message(str(key))
    [letter] = [message_from_string(text, policy=default) for text in postbox.texts()]
    assert letter["To"] == "sam@example.org"
    assert letter["Subject"] == f"How did it go? ({introduced.reference})"
    assert page_of("visitor") in letter.get_body(("plain",)).get_content()


@pytest.mark.parametrize("side", ["visitor", "therapist"])
def test_one_tap_says_that_they_met_and_start(introduced, page_of, client, side):
    page = client.get(page_of(side)).content.decode()
    assert "The conversation was set for" in page
    assert "You will talk on" not in page
    client.post(page_of(side, "outcome"), {"outcome": "perhaps"})
    assert state() == State.INTRODUCED
    for _ in range(2):
        assert client.post(page_of(side, "outcome"), {"outcome": "met"}).status_code == 302
    assert state() == State.CONSULTED
    assert "you told us: “We met”" in client.get(page_of(side)).content.decode()
    assert client.post(page_of(side, "outcome"), {"outcome": "starting"}).status_code == 302
    assert state() == State.STARTED
    assert [row.reason for row in introduced.changes.all()][-1].endswith("We start")
    assert introduced.outcome_reports.count() == 2


def test_nothing_is_asked_before_the_time(enquiries_practice, therapist, matcher, client):
    stored = stored_enquiry(enquiries_practice.grief.pk, preferred_times=(SOON,))
    introduce(stored, therapist, matcher, SOON)
    page = reverse("enquiries:status", args=[token(Purpose.STATUS, stored.pk)])
    assert "What became of it?" not in client.get(page).content.decode()
    client.post(
        reverse("enquiries:outcome", args=[token(Purpose.STATUS, stored.pk)]), {"outcome": "starting"}
    )
    assert state() == State.INTRODUCED
    assert ask_what_became() == 0


def test_who_did_not_come_is_a_task_and_another_time_can_be_found(introduced, page_of, client):
    client.post(page_of("visitor", "outcome"), {"outcome": "not_come"})
    assert state() == State.INTRODUCED
    assert introduced.follow_ups.get().kind == FollowUpKind.DID_NOT_COME
    assert "Propose up to five times" in client.get(page_of("therapist")).content.decode()


@pytest.mark.parametrize("side", ["visitor", "therapist"])
def test_what_is_not_a_fit_is_looked_at_again_with_what_was_learned(
    introduced, page_of, client, candidates, matcher, side
):
    therapists_page = page_of("therapist")
    words = "Too far away." if side == "therapist" else "I want to kill myself."
    client.post(page_of(side, "outcome"), {"outcome": "not_a_fit", "words": words})
    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.therapist) == (State.REVIEW, None)
    tasks = set(enquiry.follow_ups.values_list("kind", flat=True))
    assert FollowUpKind.NOT_A_FIT in tasks
    assert (FollowUpKind.READ_FOR_SAFETY in tasks) == (side == "visitor")
    # The other side is told, and whoever said it is not.
    told = {MessageKind.FELL_THROUGH} if side == "visitor" else {MessageKind.UPDATE}
    assert set(OutgoingMessage.objects.filter(state="queued").values_list("kind", flat=True)) == told
    response = client.get(therapists_page)
    assert (response.status_code, "It was not a fit" in response.content.decode()) == (200, True)
    assert "Sam Sample" not in response.content.decode()
    client.force_login(matcher)
    workplace = client.get(reverse("enquiries_admin:enquiry", args=[enquiry.pk])).content.decode()
    assert words in workplace
    with pytest.raises(ValidationError, match="already said no"):
        offer_to(enquiry, candidates[0], matcher)
    assert offer_to(enquiry, candidates[1], matcher).state == OfferState.LIVE
    figures = acceptance(days_ago(90))
    assert (figures.answered, figures.accepted) == (1, 1)


def test_the_report_counts_what_is_stored_and_what_was_erased(introduced, page_of, client, matcher):
    client.post(page_of("visitor", "outcome"), {"outcome": "starting"})
    counted = [row.count for row in outcomes_since(days_ago(90))]
    assert counted == [1, 1, 1, 0]
    erase(introduced.pk)
    assert [row.count for row in outcomes_since(days_ago(90))] == counted
    client.force_login(matcher)
    page = client.get(reverse("enquiries_admin:reports")).content.decode()
    assert "What became of introductions" in page


def test_what_was_said_of_one_introduction_is_not_shown_at_the_next(
    introduced, page_of, client, candidates, matcher
):
    client.post(page_of("therapist", "outcome"), {"outcome": "not_a_fit"})
    assert state() == State.REVIEW
    introduce(Enquiry.objects.get(), candidates[1], matcher)
    page = reverse(
        "enquiries:introduction", args=[token(Purpose.INTRODUCTION, Offer.objects.get(state="accepted").pk)]
    )

    assert "you told us" not in client.get(page).content.decode()


#: 479 characters to a browser, and 518 as it sends them.
MANY_LINES = "\r\n".join(["x" * 11] * 40)


def test_line_breaks_count_as_in_the_browser(introduced, page_of, client):
    assert len(MANY_LINES.replace("\r", "")) < 500 < len(MANY_LINES)
    client.post(f"{page_of('therapist')}step-back/", {"why": MANY_LINES})
    assert state() == State.REVIEW


@pytest.mark.parametrize(
    ("side", "action", "sent"),
    [
        ("therapist", "step-back/", {"why": "x" * 501}),
        ("therapist", "outcome/", {"outcome": "met", "words": "x" * 1001}),
        ("visitor", "outcome/", {"outcome": "met", "words": "x" * 1001}),
    ],
)
def test_words_that_are_too_many_come_back_with_an_error(introduced, page_of, client, side, action, sent):
    answer = client.post(f"{page_of(side)}{action}", sent)

    assert answer.status_code == 422
    assert "<title>Error: " in " ".join(answer.content.decode().split())
    assert "x" * 501 in answer.content.decode()
    assert state() == State.INTRODUCED


@pytest.mark.parametrize(
    ("first", "second", "state_after", "differs"),
    [
        ("starting", "not_a_fit", State.STARTED, True),
        ("not_a_fit", "starting", State.REVIEW, True),
        ("met", "not_come", State.CONSULTED, True),
        ("not_come", "met", State.CONSULTED, True),
        ("starting", "met", State.STARTED, False),
        ("starting", "starting", State.STARTED, False),
        ("not_a_fit", "met", State.REVIEW, False),
    ],
)
@pytest.mark.parametrize("side", ["visitor", "therapist"])
def test_the_second_word_is_kept_and_what_cannot_both_be_is_a_task(
    introduced, page_of, client, side, first, second, state_after, differs
):
    pages = {name: (page_of(name), page_of(name, "outcome")) for name in ("visitor", "therapist")}
    other = "therapist" if side == "visitor" else "visitor"
    client.post(pages[side][1], {"outcome": first})
    for _ in range(2):
        assert client.post(pages[other][1], {"outcome": second}).status_code == 302
    assert state() == state_after
    said = list(introduced.outcome_reports.order_by("said_at").values_list("side", "outcome"))
    assert said == [(side, first), (other, second)]
    kinds = set(introduced.follow_ups.values_list("kind", flat=True))
    assert (FollowUpKind.ACCOUNTS_DIFFER in kinds) == differs
    page = client.get(pages[other][0]).content.decode()
    assert "you told us" in page
    assert (
        "The other of you told us something else" in client.get(pages["visitor"][0]).content.decode()
    ) == (differs)


def test_whoever_has_not_spoken_may_still_say_how_it_was(introduced, page_of, client):
    client.post(page_of("visitor", "outcome"), {"outcome": "starting"})
    assert 'value="not_a_fit"' in client.get(page_of("therapist")).content.decode()
    assert 'value="not_a_fit"' not in client.get(page_of("visitor")).content.decode()
    client.post(page_of("therapist", "outcome"), {"outcome": "not_a_fit", "words": "They never came."})
    assert 'value="not_a_fit"' not in client.get(page_of("therapist")).content.decode()
    assert introduced.outcome_reports.last().words == "They never came."


def test_whoever_corrects_themselves_is_not_told_that_the_other_said_so(introduced, page_of, client):
    for said in ("not_come", "met"):
        client.post(page_of("visitor", "outcome"), {"outcome": said})
    assert not introduced.follow_ups.filter(kind=FollowUpKind.ACCOUNTS_DIFFER).exists()


def test_nobody_says_twice_what_can_no_longer_be(introduced, page_of, client):
    client.post(page_of("visitor", "outcome"), {"outcome": "not_a_fit"})
    client.post(page_of("visitor", "outcome"), {"outcome": "starting"})
    assert list(introduced.outcome_reports.values_list("outcome", flat=True)) == ["not_a_fit"]
    assert not introduced.follow_ups.filter(kind=FollowUpKind.ACCOUNTS_DIFFER).exists()
