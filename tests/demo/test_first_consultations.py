"""When someone can first be met: of every therapist of the demo, each place says the same day."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from therapists.enquiries.free_times import first_day
from therapists.matching.inputs.ranking_inputs import possible_starts
from therapists.models import Availability, TherapistPage
from therapists.models.availability import bookings_on

pytestmark = pytest.mark.django_db


def day_in(soup):
    time = soup.select_one(".availability-note__next time")
    return date.fromisoformat(time["datetime"]) if time else None


def test_cards_profiles_the_api_and_the_form_say_the_same_day(demo_site, client):
    today = timezone.localdate()
    known = bookings_on(today)
    diaries = Availability.objects.filter(therapist__in=TherapistPage.objects.published())
    firsts = {diary.therapist_id: diary.first_consultation(today, known) for diary in diaries}
    days = {therapist: first.date() if first else None for therapist, first in firsts.items()}
    answer = client.get("/api/v2/therapists/?fields=availability&limit=50").json()
    shown = {one["id"]: (one["availability"] or {}).get("first_consultation") for one in answer["items"]}
    assert len(shown) >= len(days)
    for therapist, first in shown.items():
        assert (date.fromisoformat(first["day"]) if first else None) == days.get(therapist)
    for therapist in TherapistPage.objects.filter(pk__in=list(days)[:2]):
        profile = BeautifulSoup(client.get(therapist.url).content, "html.parser")
        assert day_in(profile) == days[therapist.pk]
    cards = BeautifulSoup(client.get("/therapists/").content, "html.parser")
    said = {date.fromisoformat(time["datetime"]) for time in cards.select(".availability-note__next time")}
    assert said
    assert said <= set(days.values())
    earliest = min(day for day in days.values() if day)
    assert earliest >= first_day(today)
    assert [one for one in possible_starts(today) if (earliest - today).days > 7 * one] == []
