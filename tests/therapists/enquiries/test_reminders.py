"""Reminders before it is too late: each goes out once, where that is safe, and while it is still true."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings as site_settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from core.outbox import NotWanted
from tests.at_one_moment import at_one_moment
from tests.factories.enquiries import (
    ContactDetailsFactory,
    introduce,
    make_matcher,
    make_offerable_therapist,
    offer_to,
    stored_enquiry,
)
from therapists.enquiries.mail.emails import compose
from therapists.enquiries.models import (
    Consultation,
    DiaryReminder,
    Enquiry,
    MessageKind,
    Offer,
    OutgoingMessage,
    consultation_time,
)
from therapists.enquiries.services import reminders
from therapists.enquiries.services.consultations import cannot_make_it
from therapists.enquiries.services.offers import decline
from therapists.enquiries.services.retention import purge
from therapists.enums import PausedBy
from therapists.models import Availability, DiaryTask, DiaryTaskKind

SOON = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=8)
OF_CONSULTATION = {MessageKind.REMINDER_VISITOR, MessageKind.REMINDER_THERAPIST}


def sent(*kinds: MessageKind) -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.filter(kind__in=kinds).order_by("kind"))


def set_time(enquiry, matcher, therapist, in_hours: float) -> Consultation:
    """A time that was agreed weeks ago."""
    introduce(enquiry, therapist, matcher, SOON)
    OutgoingMessage.objects.update(state="sent", created_at=timezone.now() - timedelta(days=14))
    consultation = enquiry.consultations.confirmed().get()
    consultation.during = consultation_time(therapist, timezone.now() + timedelta(hours=in_hours))
    consultation.save()
    return consultation


@pytest.mark.parametrize(
    ("in_hours", "setting", "is_safe", "told"),
    [
        (23, 24, True, OF_CONSULTATION),
        (23, 24, False, {MessageKind.REMINDER_THERAPIST}),
        (25, 24, True, set()),
        (47, 48, True, OF_CONSULTATION),
        (23, 0, True, set()),
        (-1, 24, True, set()),
    ],
)
def test_both_are_reminded_of_a_consultation_once(
    enquiries_practice, therapist, matcher, settings, in_hours, setting, is_safe, told
):
    settings.ENQUIRY_REMIND_HOURS_BEFORE = setting
    enquiry = stored_enquiry(
        enquiries_practice.grief.pk,
        preferred_times=(SOON,),
        contact=ContactDetailsFactory(safe_to_email=is_safe),
    )
    set_time(enquiry, matcher, therapist, in_hours)
    for _ in range(2):
        reminders.remind_of_consultations()
    letters = sent(*OF_CONSULTATION)
    assert (len(letters), {letter.kind for letter in letters}) == (len(told), told)
    if not told:
        return
    for letter in letters:
        email = compose(letter)
        assert "This is to remind you." in email.body
        assert "Sam Sample" not in email.body
        assert therapist.title not in email.body
    cannot_make_it(enquiry.pk)
    with pytest.raises(NotWanted):
        compose(sent(*OF_CONSULTATION)[0])


def test_whoever_was_told_of_the_time_within_a_day_is_not_reminded(enquiries_practice, therapist, matcher):
    enquiry = stored_enquiry(enquiries_practice.grief.pk, preferred_times=(SOON,))
    set_time(enquiry, matcher, therapist, 20)
    OutgoingMessage.objects.filter(kind=MessageKind.INTRODUCTION).update(
        created_at=timezone.now() - timedelta(hours=1)
    )
    reminders.remind_of_consultations()
    assert sent(*OF_CONSULTATION) == []


@pytest.fixture
def offer(enquiry, therapist, matcher):
    offer = offer_to(enquiry, therapist, matcher)
    OutgoingMessage.objects.filter(offer=offer).update(state="sent")
    return offer


def at(monkeypatch, *moment: int) -> None:
    zone = timezone.get_default_timezone()
    monkeypatch.setattr(reminders.timezone, "now", lambda: datetime(*moment, tzinfo=zone))


def test_an_offer_that_runs_out_is_told_once_in_working_time(offer, monkeypatch, settings):
    zone = timezone.get_default_timezone()
    # It ends on a Monday at noon: a working day before that is Friday noon.
    Offer.objects.update(expires_at=datetime(2031, 3, 17, 12, tzinfo=zone))
    at(monkeypatch, 2031, 3, 14, 11)
    reminders.remind_of_offers()
    assert sent(MessageKind.OFFER_REMINDER) == []
    at(monkeypatch, 2031, 3, 14, 13)
    for hours in (0, site_settings.ENQUIRY_OFFER_HOURS):
        settings.ENQUIRY_REMIND_HOURS_BEFORE_OFFER_ENDS = hours
        reminders.remind_of_offers()
    settings.ENQUIRY_REMIND_HOURS_BEFORE_OFFER_ENDS = 24
    OutgoingMessage.objects.update(state="queued")
    reminders.remind_of_offers()
    assert sent(MessageKind.OFFER_REMINDER) == [], "they have not got the offer itself"
    OutgoingMessage.objects.update(state="sent")
    for _ in range(2):
        reminders.remind_of_offers()
    [letter] = sent(MessageKind.OFFER_REMINDER)
    assert "Monday 17 March 2031, 12:00" in compose(letter).body
    monkeypatch.undo()
    decline(offer.pk, "times")
    letter.refresh_from_db()
    with pytest.raises(NotWanted):
        compose(OutgoingMessage.objects.get(pk=letter.pk))


def let_days_pass(days: int) -> None:
    passed = timedelta(days=days)
    DiaryReminder.objects.update(sent_on=F("sent_on") - passed)
    DiaryTask.objects.update(created_at=F("created_at") - passed)


@pytest.mark.guide(
    "A diary that nobody confirmed for three weeks is asked for by e-mail, thrice, a week apart; then the "
    "front page of the admin asks you to ring them.",
)
def test_a_diary_is_asked_for_thrice_a_week_apart_and_then_by_a_person(therapist, candidates, admin_client):
    today = timezone.localdate()
    paused, confirmed = (one.availability for one in candidates[1:])
    paused.confirm(today - timedelta(days=90))
    paused.pause(today + timedelta(days=9), PausedBy.THERAPIST)
    confirmed.confirm(today - timedelta(days=21))
    diary = Availability.objects.get(therapist=therapist)
    diary.confirm(today - timedelta(days=100))
    DiaryReminder.objects.create(therapist=therapist, sent_on=today - timedelta(days=110))  # before that
    days = [(0, 1, 0), (6, 1, 0), (1, 2, 0), (7, 3, 0), (6, 3, 0), (1, 3, 1), (30, 3, 1)]
    for passed, reminded, asked in days:
        let_days_pass(passed)
        for _ in range(2):
            reminders.remind_of_diaries()
        assert len(sent(MessageKind.DIARY_REMINDER)) == reminded
        assert DiaryTask.objects.filter(kind=DiaryTaskKind.UNCONFIRMED).count() == asked
        DiaryTask.objects.update(done_at=timezone.now())  # and that is not asked for again
    letters = sent(MessageKind.DIARY_REMINDER)
    assert {compose(letter).to[0] for letter in letters} == {therapist.private.offer_email}
    DiaryTask.objects.update(done_at=None)
    assert "has not confirmed it: ask them" in admin_client.get(reverse("wagtailadmin_home")).text
    Availability.objects.filter(pk=diary.pk).update(confirmed_on=today)  # as an import does
    reminders.remind_of_diaries()
    assert not DiaryTask.objects.open().exists()
    with pytest.raises(NotWanted):
        compose(letters[0])


def test_what_was_asked_of_a_diary_is_forgotten_after_a_year_unless_it_is_not_to_be_asked_again(therapist):
    today = timezone.localdate()
    Availability.objects.filter(therapist=therapist).update(confirmed_on=None)
    for passed in (0, 7, 7, 7):
        let_days_pass(passed)
        reminders.remind_of_diaries()
    DiaryTask.objects.create(therapist=therapist, kind=DiaryTaskKind.SILENT)
    DiaryTask.objects.update(done_at=timezone.now() - timedelta(days=400))
    let_days_pass(400)
    purge()
    reminders.remind_of_diaries()
    assert len(sent(MessageKind.DIARY_REMINDER)) == DiaryReminder.objects.count() == 3
    assert DiaryTask.objects.get().kind == DiaryTaskKind.UNCONFIRMED, "it was asked, and is not asked again"
    Availability.objects.get(therapist=therapist).confirm(today - timedelta(days=100))
    DiaryReminder.objects.create(therapist=therapist, sent_on=today - timedelta(days=364))
    purge()
    assert DiaryReminder.objects.get().sent_on == today - timedelta(days=364)
    assert not DiaryTask.objects.exists()


def test_workers_at_one_moment_remind_once(committed):
    therapist = make_offerable_therapist(committed.get_parent(), "Sample First")
    matcher = make_matcher()
    set_time(stored_enquiry(committed.pk, preferred_times=(SOON,)), matcher, therapist, 3)
    offer = offer_to(stored_enquiry(committed.pk), therapist, matcher)
    OutgoingMessage.objects.filter(offer=offer).update(state="sent")
    Offer.objects.filter(pk=offer.pk).update(expires_at=timezone.now() + timedelta(minutes=5))
    Availability.objects.update(confirmed_on=None)
    for look in (reminders.remind_of_consultations, reminders.remind_of_offers, reminders.remind_of_diaries):
        outcomes = at_one_moment(*[look] * 3)
        assert outcomes == [None] * 3
    kinds = [*OF_CONSULTATION, MessageKind.OFFER_REMINDER, MessageKind.DIARY_REMINDER]
    assert sorted(letter.kind for letter in sent(*kinds)) == sorted(kinds)


def test_an_enquiry_that_cannot_be_opened_keeps_nobody_from_being_reminded(
    enquiries_practice, therapist, matcher
):
    concern = enquiries_practice.grief.pk
    damaged, other = [stored_enquiry(concern, preferred_times=(SOON,)) for _ in range(2)]
    set_time(damaged, matcher, therapist, 22)
    set_time(other, matcher, therapist, 20)
    Enquiry.objects.filter(pk=damaged.pk).update(sealed_contact=F("sealed_free_text"))

    reminders.remind_of_consultations()

    assert {letter.enquiry_id for letter in sent(MessageKind.REMINDER_VISITOR)} == {other.pk}
