"""Times for the first consultation, asked at the last step and open to change until the introduction."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.utils import timezone

from tests.factories.therapists import WeeklyWindowFactory
from therapists.enquiries.free_times import first_day
from therapists.enquiries.models import Consultation, Enquiry
from therapists.matching.form.journey import Journey, Step
from therapists.matching.form.meeting_times import key_of
from therapists.matching.form.steps import FormChoices
from therapists.matching.models import QuestionWording

pytestmark = pytest.mark.django_db


def moment(weekday, hour, minute=0):
    """The time that is offered on this day of the week."""
    first = first_day(timezone.localdate())
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


def offered(visitor):
    return [box["value"] for box in visitor.soup.select("[name=preferred_times]")]


@pytest.fixture
def ada(make_therapist):
    """Works on Monday mornings, as everyone here, and on Thursday evenings."""
    ada = make_therapist("Ada")
    WeeklyWindowFactory(availability=ada.availability, weekday=3, starts="17:00", ends="18:20")
    return ada


def asks(visitor, choice, slots=(), **times):
    visitor.reaches("suggestions")
    if slots or times:
        visitor.refines(slots=list(slots), **times)
    return visitor.sends(choice=choice)


def test_from_the_form_to_the_enquiry(visitor, ada):
    asks(visitor, str(ada.pk))
    mornings = [moment(0, 9), moment(0, 10), moment(0, 11, 30)]
    evenings = [moment(3, 17), moment(3, 17, 30), moment(3, 18)]
    assert offered(visitor) == [key_of(time) for time in sorted(mornings + evenings)]
    assert "These times are in UK time." in visitor.text
    chosen = [key_of(evenings[0]), key_of(mornings[2])]
    visitor.finishes(preferred_times=chosen)
    stored = Enquiry.objects.get().preferred_times.values_list("starts", flat=True)
    assert list(stored) == sorted([evenings[0], mornings[2]])


def test_nobody_has_to_choose_one(visitor, ada):
    asks(visitor, str(ada.pk)).finishes()
    assert not Enquiry.objects.get().preferred_times.exists()


def test_times_in_the_parts_of_the_week_they_named_are_enough(visitor, ada):
    asks(visitor, str(ada.pk), slots=["3-evening", "5-morning"])
    assert offered(visitor) == [key_of(time) for time in (moment(3, 17), moment(3, 17, 30), moment(3, 18))]


def test_whoever_leaves_the_choice_to_the_practice_sees_the_times_of_all_suggested(
    visitor, ada, make_therapist
):
    ben = make_therapist("Ben")
    WeeklyWindowFactory(availability=ben.availability, weekday=5, starts="10:00", ends="10:30")
    asks(visitor, "practice")
    assert key_of(moment(5, 10)) in offered(visitor)
    assert key_of(moment(3, 17)) in offered(visitor)
    asks(visitor, str(ada.pk))
    assert key_of(moment(5, 10)) not in offered(visitor)


def test_a_visitor_abroad_reads_them_by_their_own_clock_and_is_asked_for_none_at_night(visitor, ada):
    asks(visitor, str(ada.pk), time_zone="Asia/Tokyo")
    assert "These times are by the clock of Asia/Tokyo." in visitor.text
    [words] = [
        box.parent.get_text(" ", strip=True)
        for box in visitor.soup.select("[name=preferred_times]")
        if box["value"] == key_of(moment(0, 9))
    ]
    in_tokyo = moment(0, 9).astimezone(ZoneInfo("Asia/Tokyo"))
    assert words.startswith("Monday")
    assert words.endswith(f"{in_tokyo:%H:%M}")
    assert key_of(moment(3, 18)) not in offered(visitor)


def test_where_nobody_has_a_time_nothing_is_asked(visitor, make_therapist):
    ada = make_therapist("Ada")
    ada.availability.windows.all().delete()
    asks(visitor, str(ada.pk))
    assert offered(visitor) == []
    assert "first consultation" not in visitor.text


@pytest.mark.parametrize("wrong", [["2020-01-01T09:00Z"], ["soon"], ["\x00"], [""]])
def test_a_time_that_was_not_offered_is_turned_down_and_all_else_kept(visitor, ada, wrong):
    asks(visitor, str(ada.pk))
    visitor.finishes(preferred_times=wrong)
    assert visitor.response.status_code == 422
    assert visitor.errors == ["One of these times is no longer free. Please choose again."]
    assert dict(visitor.fields)["name"] == "Sam Sample"


def test_three_are_enough(visitor, ada):
    asks(visitor, str(ada.pk))
    visitor.finishes(preferred_times=offered(visitor)[:4])
    assert visitor.errors == ["Choose at most three times."]
    ticked = [name for name, _value in visitor.fields if name == "preferred_times"]
    assert len(ticked) == 4
    first = visitor.soup.select_one(visitor.soup.select_one(".error-summary a")["href"])
    assert first["name"] == "preferred_times"


def test_a_time_that_someone_else_took_meanwhile_is_said_to_be_gone(visitor, ada, practice):
    asks(visitor, str(ada.pk))
    wanted = offered(visitor)[0]
    starts = datetime.fromisoformat(wanted)
    Consultation.objects.create(therapist=ada, during=(starts, starts + timedelta(minutes=20)))
    visitor.finishes(preferred_times=[wanted])
    assert visitor.errors == ["One of these times is no longer free. Please choose again."]
    assert wanted not in offered(visitor)


def test_ticked_times_stay_when_going_back_and_go_with_another_therapist(visitor, ada, make_therapist):
    ben = make_therapist("Ben")
    WeeklyWindowFactory(availability=ben.availability, weekday=5, starts="10:00", ends="10:30")
    asks(visitor, str(ada.pk))
    evening = key_of(moment(3, 17))
    visitor.sends(preferred_times=[evening], go="suggestions")
    visitor.sends(choice=str(ada.pk))
    assert ("preferred_times", evening) in visitor.fields
    visitor.sends(go="suggestions").sends(choice=str(ben.pk))
    assert "preferred_times" not in dict(visitor.fields)
    visitor.finishes()
    assert visitor.response.status_code == 302


def test_editors_word_this_question_too(visitor, ada, matching_page):
    matching_page.question_wordings.add(
        QuestionWording(question="preferred_times", label="When shall we talk?", help_text="Up to three.")
    )
    matching_page.save()
    asks(visitor, str(ada.pk))
    assert "When shall we talk? (optional) Up to three." in visitor.text


def test_before_anyone_is_asked_there_are_no_times(ada, matching_page):
    """As for the API, which describes the form to whoever has not answered yet."""
    journey = Journey(
        data=QueryDict(),
        choices=FormChoices.today(),
        wordings=matching_page.wordings(),
        extra_questions=[],
        today=timezone.localdate(),
    )
    field = journey.prefilled_form(Step.CONTACT).fields["preferred_times"]
    assert (list(field.choices), field.required) == ([], False)
