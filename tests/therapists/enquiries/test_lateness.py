"""A missed deadline wakes one person after the other; a safety check is asked for until somebody reads it."""

from datetime import datetime, time, timedelta
from email import message_from_string
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.utils import timezone, translation

from core.caching.content_triggers import content_tables
from tests.factories.enquiries import make_matcher, stored_enquiry
from tests.factories.matching import open_for_enquiries
from tests.queue_worker import a_worker
from therapists.enquiries import signed_links, tasks
from therapists.enquiries import working_time as clock
from therapists.enquiries.answers import FreeText
from therapists.enquiries.enums import State
from therapists.enquiries.mail.queue import deliver_message
from therapists.enquiries.models import (
    Closure,
    EnquirySettings,
    EnquirySettingsTranslation,
    MessageKind,
    OpeningHours,
    OutgoingMessage,
)
from therapists.enquiries.services import lateness
from therapists.enquiries.services.lifecycle import deadline_of, move

LONDON = ZoneInfo("Europe/London")
#: A Friday in November.
FRIDAY = datetime(2026, 11, 27, 15, tzinfo=LONDON)
RISK = FreeText(message="I am going to kill myself tonight.")


@pytest.fixture
def at(monkeypatch):
    """Let it be another moment, for what counts time and for what is stored."""
    real = timezone.now
    stamped = [
        field
        for model in apps.get_app_config("enquiries").get_models()
        for field in model._meta.fields
        if field.default is real
    ]

    def be(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        for field in stamped:
            monkeypatch.setitem(field.__dict__, "_get_default", lambda: moment)

    return be


def friday(hour: int) -> datetime:
    """Return an hour of the Friday to come."""
    today = timezone.localdate()
    day = today + timedelta(days=(3 - today.weekday()) % 7 + 1)
    return datetime.combine(day, time(hour), LONDON)


@pytest.fixture
def people(enquiries_practice):
    """An owner, a colleague, and who is told second. All have addresses."""
    maya, noor = make_matcher("maya"), make_matcher("noor")
    second = User.objects.create_user("sam-second", email="second@practice.example")
    for person in (maya, noor):
        User.objects.filter(pk=person.pk).update(email=f"{person.username}@practice.example")
    EnquirySettings.objects.update_or_create(
        defaults={"duty_owner": maya, "safety_owner": noor, "second_person": second}
    )
    open_for_enquiries()
    return {"maya": maya, "noor": noor}


@pytest.fixture
def letters(postbox):
    """Send what is due and return who got which subject since the last time."""

    def new() -> list[tuple[str, str]]:
        for key in OutgoingMessage.objects.due().order_by("created_at").values_list("pk", flat=True):
            deliver_message(str(key))
        sent = list(zip(postbox.envelopes, postbox.texts(), strict=True))
        postbox.envelopes.clear()
        return sorted(
            (envelope.rcpt_tos[0], message_from_string(text, policy=default)["Subject"])
            for envelope, text in sent
        )

    return new


@pytest.fixture
def checks(client):
    a_worker()
    return lambda: client.get("/readyz").json()["checks"]


@pytest.mark.guide("What is due is counted in these hours.")
def test_deadlines_count_the_hours_and_holidays_of_the_practice(people):
    assert deadline_of(State.RECEIVED, FRIDAY) == datetime(2026, 11, 30, 15, tzinfo=LONDON)
    assert deadline_of(State.RECEIVED, datetime(2026, 12, 24, 15, tzinfo=LONDON)) == datetime(
        2026, 12, 29, 15, tzinfo=LONDON
    )
    assert deadline_of(State.SAFETY_HOLD, FRIDAY + timedelta(days=1)) == FRIDAY + timedelta(days=1, hours=2)
    assert deadline_of(State.CLOSED, FRIDAY) is None
    # Ten days of the calendar end on a Sunday.
    assert deadline_of(State.INTRODUCED, FRIDAY - timedelta(days=5)) == datetime(
        2026, 12, 2, 15, tzinfo=LONDON
    )
    named = EnquirySettings.load()
    for opens, closes in [(10, 13), (12, 14)]:
        OpeningHours.objects.create(settings=named, weekday=5, opens=time(opens), closes=time(closes))
    Closure.objects.create(settings=named, first_day="2026-11-28", last_day="2026-11-29")
    assert clock.working_time().day == timedelta(hours=4)
    assert deadline_of(State.RECEIVED, FRIDAY) == datetime(2026, 12, 5, 14, tzinfo=LONDON)


@pytest.mark.guide(
    "Enquiries: who owns new ones and safety checks, who is told second when something stays late, the "
    "hours and days in which somebody reads them, and what a visitor whose words are read for their safety "
    "is told while nobody is there.",
)
def test_the_settings_are_kept_in_the_admin(people, admin_client):
    named = EnquirySettings.load()
    address = f"/admin/settings/enquiries/enquirysettings/{named.pk}/"
    management = {
        f"{rows}-{name}": value
        for rows in ("opening_hours", "closures")
        for name, value in (
            ("TOTAL_FORMS", 1),
            ("INITIAL_FORMS", 0),
            ("MIN_NUM_FORMS", 0),
            ("MAX_NUM_FORMS", 9),
        )
    }
    row = {"weekday": 2, "opens": "10:00", "closes": "09:00", "ORDER": 1, "id": ""}
    days = {"first_day": "2027-01-04", "last_day": "2027-01-03", "ORDER": 1, "id": ""}
    data = {
        **management,
        "bank_holidays": "SCT",
        "out_of_hours_words": "Ring 116 123.",
        **{f"opening_hours-0-{name}": value for name, value in row.items()},
        **{f"closures-0-{name}": value for name, value in days.items()},
    }
    refused = admin_client.post(address, data).content.decode()
    assert "Close later than you open." in refused and "The last day is before the first." in refused
    data |= {"opening_hours-0-closes": "12:00", "closures-0-last_day": "2027-01-05"}
    assert admin_client.post(address, data).status_code == 302
    named.refresh_from_db()
    assert (named.bank_holidays, named.opening_hours.get().closes) == ("SCT", time(12))
    assert not clock.working_time().is_open(datetime(2026, 11, 30, 10, tzinfo=LONDON))
    assert clock.out_of_hours_words() in {"", "Ring 116 123."}


@pytest.mark.guide(
    "Enquiries: who owns new ones and safety checks, who is told second when something stays late, the "
    "hours and days in which somebody reads them, and what a visitor whose words are read for their safety "
    "is told while nobody is there.",
)
def test_who_is_told_of_lateness_and_when(people, enquiries_practice, at, letters, checks, admin_client):
    EnquirySettings.objects.update(bank_holidays="")
    start = friday(15)
    at(start)
    enquiry = stored_enquiry(enquiries_practice.grief.pk)
    letters()
    reference = enquiry.reference
    for moment, told, check in [
        # Monday, before it is due; then a minute after, two hours, and four.
        ((3, 14, 59), [], "ok"),
        ((3, 15, 1), [("maya@practice.example", f"Something is late ({reference})")], "ok"),
        ((3, 16, 59), [], "ok"),
        ((3, 17, 30), [("second@practice.example", f"Something is late ({reference})")], "ok"),
        # Two hours of the evening before are none of the practice's.
        ((4, 10, 59), [], "ok"),
        ((4, 11, 1), [], "late"),
    ]:
        days, hour, minute = moment
        at(datetime.combine(start + timedelta(days=days), time(hour, minute), LONDON))
        tasks.tell_of_lateness(0)
        tasks.tell_of_lateness(0)
        assert letters() == told, moment
        assert checks()["enquiries"] == check, moment
        home = admin_client.get("/admin/").content.decode()
        assert ("1 enquiry is late" in home) == (check == "late")
        assert reference not in home
    # Whoever acts sets a new deadline, and with it all begins anew.
    move(enquiry.pk, State.REVIEW, by=people["maya"])
    assert checks()["enquiries"] == "ok"
    tasks.tell_of_lateness(0)
    assert letters() == []


@pytest.mark.guide(
    "Enquiries: who owns new ones and safety checks, who is told second when something stays late, the "
    "hours and days in which somebody reads them, and what a visitor whose words are read for their safety "
    "is told while nobody is there.",
)
def test_a_safety_check_asks_all_and_is_chased_until_somebody_has_read_it(
    people, enquiries_practice, at, letters, checks, client
):
    night = friday(2)
    at(night)
    enquiry = stored_enquiry(enquiries_practice.grief.pk, free_text=RISK)
    asks = [
        (f"{name}@practice.example", f"Please read today ({enquiry.reference})") for name in ("maya", "noor")
    ]
    first = letters()
    assert [letter for letter in first if "read today" in letter[1]] == asks
    assert not any(word in subject.lower() for _to, subject in first for word in ("safe", "risk", "harm"))
    for later, told in [(59, []), (61, asks), (70, []), (119, [])]:
        at(night + timedelta(minutes=later))
        tasks.tell_of_lateness(0)
        assert letters() == told, later
    late = f"Something is late ({enquiry.reference})"
    at(night + timedelta(minutes=122))
    tasks.tell_of_lateness(0)
    assert letters() == [asks[0], ("noor@practice.example", asks[1][1]), ("noor@practice.example", late)][:3]
    at(night + timedelta(minutes=151))
    tasks.tell_of_lateness(0)
    assert letters() == [("second@practice.example", late)]
    at(night + timedelta(minutes=181))
    client.force_login(people["maya"])
    page = f"/admin/enquiries/{enquiry.pk}/"
    assert client.get(page).status_code == 200
    assert client.post(f"{page}actions/task/", {"task-task": enquiry.follow_ups.get().pk}).status_code == 302
    tasks.tell_of_lateness(0)
    assert letters() == []
    # Nothing has been done yet: it is still in its state, and late.
    assert checks()["enquiries"] == "ok"


@pytest.mark.guide(
    "Enquiries: who owns new ones and safety checks, who is told second when something stays late, the "
    "hours and days in which somebody reads them, and what a visitor whose words are read for their safety "
    "is told while nobody is there.",
)
def test_while_nobody_is_there_a_visitor_at_risk_is_told_so(people, enquiries_practice, at, client):
    at(friday(2))
    page = signed_links.address(
        signed_links.Purpose.STATUS, stored_enquiry(enquiries_practice.grief.pk, free_text=RISK).pk
    )
    assert "Nobody is at the practice just now" in client.get(page).content.decode()
    EnquirySettings.objects.update(out_of_hours_words="Please ring 111.", bank_holidays="")
    assert "Please ring 111." in client.get(page).content.decode()
    at(friday(10))
    assert "Please ring 111." not in client.get(page).content.decode()


def test_what_is_said_while_nobody_is_there_is_in_their_language(at, welsh):
    at(friday(2))
    named = EnquirySettings.load()
    EnquirySettings.objects.update(out_of_hours_words="Please ring 111.")
    with translation.override("cy"):
        assert clock.out_of_hours_words() == "Please ring 111."
        EnquirySettingsTranslation.objects.create(
            original=named, locale=welsh, out_of_hours_words="Ffoniwch 111."
        )
        assert clock.out_of_hours_words() == "Ffoniwch 111."
    assert clock.out_of_hours_words() == "Please ring 111."
    # A page that shows them is made anew once they change.
    assert EnquirySettingsTranslation._meta.db_table in content_tables()


def test_where_nobody_has_an_address_the_practice_is_asked(enquiries_practice, matcher, letters):
    enquiry = stored_enquiry(enquiries_practice.grief.pk, free_text=RISK)
    assert ("team@practice.example", f"Please read today ({enquiry.reference})") in letters()
    [message] = enquiry.messages.filter(kind=MessageKind.READ_TODAY)
    assert message.reader is None
    # What nobody needs to be told of any more is not sent.
    lateness.ask_to_read(enquiry)
    enquiry.follow_ups.update(done_at=timezone.now())
    assert letters() == []
    assert set(enquiry.messages.values_list("state", flat=True)) == {"sent", "cancelled"}


def test_nobody_is_asked_to_read_more_than_once_an_hour_however_many_wait(
    people, enquiries_practice, at, letters
):
    night = friday(2)
    at(night)
    for _ in range(3):
        stored_enquiry(enquiries_practice.grief.pk, free_text=RISK)
    letters()
    at(night + timedelta(minutes=61))
    tasks.tell_of_lateness(0)

    told = [address for address, subject in letters() if "read today" in subject]
    assert sorted(told) == ["maya@practice.example", "noor@practice.example"]
