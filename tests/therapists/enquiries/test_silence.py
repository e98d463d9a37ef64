"""Whoever lets offers expire is asked less, then asked how they are, then paused, and finds the way back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from tests.at_one_moment import at_one_moment
from tests.factories.enquiries import make_matcher, make_offerable_therapist, offer_to, stored_enquiry
from therapists.enquiries.free_times import workloads
from therapists.enquiries.mail.emails import compose
from therapists.enquiries.models import (
    DeclineReason,
    MessageKind,
    Offer,
    OfferState,
    OutgoingMessage,
    UnansweredOffer,
)
from therapists.enquiries.services.bounces import record_bounce
from therapists.enquiries.services.lifecycle import withdraw
from therapists.enquiries.services.offer_ends import end_undeliverable, expire_overdue
from therapists.enquiries.services.offers import accept, decline
from therapists.enquiries.services.pauses import come_back
from therapists.enquiries.services.reminders import remind_of_diaries
from therapists.enquiries.services.retention import erase
from therapists.enquiries.services.silence import PAUSED_FOR, forget_old_silence
from therapists.enquiries.signed_links import therapist_token
from therapists.enums import AvailabilityStatus, PausedBy
from therapists.models import Availability, DiaryTask, DiaryTaskKind


def reached(offer: Offer) -> Offer:
    """Its letter has left."""
    OutgoingMessage.objects.filter(offer=offer).update(state="sent", sent_at=timezone.now())
    return offer


def run_out(offer: Offer) -> Offer:
    Offer.objects.filter(pk=offer.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    expire_overdue()
    offer.refresh_from_db()
    return offer


@pytest.fixture
def ask(enquiries_practice, matcher):
    return lambda therapist: reached(
        offer_to(stored_enquiry(enquiries_practice.grief.pk), therapist, matcher)
    )


def letters(kind: MessageKind) -> int:
    return OutgoingMessage.objects.filter(kind=kind).count()


def used(therapist, today=None) -> int:
    load = workloads(today or timezone.localdate()).get(therapist.pk)
    return load.places_used if load else 0


@pytest.mark.guide("An offer that nobody answered uses up a place for four weeks.")
def test_an_unanswered_offer_is_a_used_place_for_as_long_as_the_setting_says(ask, therapist, settings):
    first = run_out(ask(therapist))
    assert (first.state, used(therapist)) == (OfferState.EXPIRED, 1)
    today = timezone.localdate()
    frees = workloads(today)[therapist.pk].next_place_on(1)
    assert frees == today + timedelta(days=29)
    assert (used(therapist, frees - timedelta(days=1)), used(therapist, frees)) == (1, 0)
    settings.ENQUIRY_UNANSWERED_USES_PLACE_DAYS = 7
    assert used(therapist, today + timedelta(days=9)) == 0
    # No place comes back because its sender erased the enquiry, and nothing leads from it to them.
    erase(first.enquiry_id)
    assert used(therapist) == 1
    assert UnansweredOffer.objects.get().offer is None
    UnansweredOffer.objects.update(offered_at=timezone.now() - timedelta(days=400))
    forget_old_silence()
    assert not UnansweredOffer.objects.exists()


def test_only_silence_counts_and_only_once(ask, enquiries_practice, therapist, matcher):
    withdraw(ask(therapist).enquiry_id)
    came_back = ask(therapist)
    record_bounce(therapist.private.offer_email, f"<{came_back.enquiry.messages.get(offer=came_back).pk}@x>")
    end_undeliverable()
    never_left = offer_to(stored_enquiry(enquiries_practice.grief.pk), therapist, matcher)
    assert run_out(never_left).state == OfferState.EXPIRED
    assert not UnansweredOffer.objects.exists()
    # The letter came back only after the offer had ended: that is taken back too.
    late = run_out(ask(therapist))
    run_out(late)
    assert UnansweredOffer.objects.get().offer == late
    record_bounce(therapist.private.offer_email, f"<{late.enquiry.messages.get(offer=late).pk}@x>")
    end_undeliverable()
    late.refresh_from_db()
    assert (late.state, UnansweredOffer.objects.exists()) == (OfferState.UNREACHED, False)


@pytest.mark.guide(
    "After two in a row the front page of the admin asks you to find out whether all is well, and the "
    "therapist gets a kind letter; after three they are paused for twelve weeks, and you are told.",
)
@pytest.mark.parametrize("answer", [accept, lambda key: decline(key, DeclineReason.NO_PLACE)])
def test_after_two_somebody_asks_and_any_answer_ends_the_row(ask, therapist, answer):
    run_out(ask(therapist))
    assert not DiaryTask.objects.exists()
    run_out(ask(therapist))
    assert DiaryTask.objects.open().get().kind == DiaryTaskKind.SILENT
    letter = OutgoingMessage.objects.get(kind=MessageKind.UNANSWERED)
    assert "/enquiries/therapist/" in compose(letter).body
    answer(ask(therapist).pk)
    assert not DiaryTask.objects.open().exists()
    for _ in range(2):
        run_out(ask(therapist))
    assert letters(MessageKind.UNANSWERED) == 2
    assert not Availability.objects.get(therapist=therapist).is_paused(timezone.localdate())


def test_offers_that_were_open_together_are_one_silence(ask, therapist):
    Availability.objects.filter(therapist=therapist).update(places_per_four_weeks=3)
    offers = [ask(therapist) for _ in range(3)]
    now = timezone.now()
    Offer.objects.update(made_at=now - timedelta(days=1), expires_at=now - timedelta(minutes=1))
    expire_overdue()
    assert {Offer.objects.get(pk=one.pk).state for one in offers} == {OfferState.EXPIRED}
    assert used(therapist) == 3
    assert letters(MessageKind.UNANSWERED) == 0
    assert not Availability.objects.get(therapist=therapist).is_paused(timezone.localdate())


def test_a_pause_ends_where_the_last_of_three_never_reached_them(ask, therapist):
    for _ in range(3):
        late = run_out(ask(therapist))
    assert Availability.objects.get(therapist=therapist).paused_by == PausedBy.SILENCE
    record_bounce(therapist.private.offer_email, f"<{late.enquiry.messages.get(offer=late).pk}@x>")
    end_undeliverable()
    assert not Availability.objects.get(therapist=therapist).is_paused(timezone.localdate())
    assert not DiaryTask.objects.open().filter(kind=DiaryTaskKind.PAUSED).exists()
    run_out(ask(therapist))
    assert Availability.objects.get(therapist=therapist).paused_by == PausedBy.SILENCE


@pytest.mark.guide(
    "After two in a row the front page of the admin asks you to find out whether all is well, and the "
    "therapist gets a kind letter; after three they are paused for twelve weeks, and you are told.",
    "They end that by themselves when they are back, or you do, by emptying the day in their diary.",
    "Diaries and profiles to look after lists what waits for you.",
)
def test_after_three_they_are_paused_are_told_and_come_back_by_their_link(client, ask, therapist, matcher):
    for _ in range(3):
        run_out(ask(therapist))
    diary, today = Availability.objects.get(therapist=therapist), timezone.localdate()
    assert (diary.paused_until, diary.paused_by) == (today + PAUSED_FOR, PausedBy.SILENCE)
    assert diary.status(today) == AvailabilityStatus.PAUSED
    to_them = compose(OutgoingMessage.objects.get(kind=MessageKind.PAUSED))
    to_practice = compose(OutgoingMessage.objects.get(kind=MessageKind.THERAPIST_PAUSED))
    assert to_them.to == [therapist.private.offer_email]
    assert (to_practice.to, therapist.title in to_practice.body) == (["team@practice.example"], True)
    assert DiaryTask.objects.open().get().kind == DiaryTaskKind.PAUSED
    # What visitors see is a pause, whoever made it.
    public = client.get(therapist.url).content.decode() + client.get("/api/v2/therapists/").content.decode()
    assert "silence" not in public
    assert "not answered" not in public
    # Whoever keeps the diaries sees it on the first page of the admin, and nobody else does.
    keeper = make_matcher("keeper")
    client.force_login(keeper)
    assert "ring them" not in client.get(reverse("wagtailadmin_home")).content.decode()
    keeper.groups.set(Group.objects.filter(name="Content editor"))
    client.force_login(keeper)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "and is not asked any more: ring them" in home
    client.logout()
    link = therapist_token(therapist.private)
    assert "three offers in a row" in client.get(reverse("enquiries:therapist", args=[link])).content.decode()
    assert client.post(reverse("enquiries:therapist_resume", args=[link])).status_code == 302
    diary.refresh_from_db()
    assert diary.paused_until is None
    assert not DiaryTask.objects.open().exists()
    run_out(ask(therapist))
    diary.refresh_from_db()
    assert diary.paused_until is None, "a new row begins after the pause"


@pytest.mark.guide(
    "A pause belongs to whoever set it.",
    "One that you set here ends here: on their own page therapists can only ask for that.",
    "They end that by themselves when they are back, or you do, by emptying the day in their diary.",
)
def test_a_pause_of_the_practice_ends_only_there(client, therapist):
    today = timezone.localdate()
    Availability.objects.update(paused_until=today + timedelta(days=30))
    link = therapist_token(therapist.private)
    desk, back, pause = (
        reverse(f"enquiries:{name}", args=[link])
        for name in ("therapist", "therapist_resume", "therapist_pause")
    )
    assert "I am back: ask the practice" in client.get(desk).content.decode()
    shorter = client.post(pause, {"until": str(today + timedelta(days=1))})
    assert (shorter.status_code, "The practice has paused you" in shorter.content.decode()) == (422, True)
    for _ in range(2):
        assert client.post(back).status_code == 302
    assert Availability.objects.get(therapist=therapist).paused_until == today + timedelta(days=30)
    task = DiaryTask.objects.get()
    assert task.kind == DiaryTaskKind.WANTS_BACK
    assert "You asked to take new clients again" in client.get(desk).content.decode()
    keeper = make_matcher("keeper")
    done = reverse("diaries:task_done", args=[task.pk])
    client.force_login(keeper)
    assert client.post(done).status_code == 302
    assert DiaryTask.objects.open().exists(), "the Matching team keeps no diaries"
    keeper.groups.set(Group.objects.filter(name="Content editor"))
    client.force_login(keeper)
    client.post(done)
    task.refresh_from_db()
    assert task.done_by == keeper
    # A day that is set in the admin is the practice's, though the therapist paused before.
    Availability.objects.update(paused_by=PausedBy.THERAPIST)
    edit = reverse("diaries:edit", args=[therapist.availability.pk])
    form = {
        "therapist": therapist.pk,
        "places_per_four_weeks": 2,
        "paused_until": str(today + timedelta(days=9)),
        **{
            f"{name}-{part}_FORMS": 0
            for name in ("windows", "absences")
            for part in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")
        },
    }
    assert client.post(edit, form).status_code == 302
    diary = Availability.objects.get(therapist=therapist)
    assert (diary.paused_until, diary.paused_by) == (today + timedelta(days=9), PausedBy.PRACTICE)
    # They ask again: ending the pause in the diary is what was asked for, and so is letting its day come.
    client.post(back)
    client.post(edit, form | {"paused_until": str(today + timedelta(days=2))})
    assert DiaryTask.objects.open().exists()
    client.post(edit, form | {"paused_until": ""})
    assert not DiaryTask.objects.open().exists()
    client.post(edit, form)
    client.post(back)
    DiaryTask.objects.create(therapist=therapist, kind=DiaryTaskKind.PAUSED)
    Availability.objects.update(paused_until=today)
    remind_of_diaries()
    assert not DiaryTask.objects.open().exists()


def test_two_workers_count_each_silence_once_and_pause_once(committed):
    therapist = make_offerable_therapist(committed.get_parent(), "Sample First")
    matcher = make_matcher()
    for _ in range(3):
        reached(offer_to(stored_enquiry(committed.pk), therapist, matcher))
    Offer.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    at_one_moment(*[expire_overdue] * 3)
    assert UnansweredOffer.objects.count() == 3
    assert DiaryTask.objects.filter(kind=DiaryTaskKind.SILENT).count() == 1
    assert DiaryTask.objects.open().get().kind == DiaryTaskKind.PAUSED
    for kind in (MessageKind.UNANSWERED, MessageKind.PAUSED, MessageKind.THERAPIST_PAUSED):
        assert letters(kind) == 1, kind
    come_back(therapist)
    assert not DiaryTask.objects.open().exists()
