from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse
from django.utils import timezone

from tests.factories.enquiries import introduce, stored_enquiry
from therapists.enquiries.enums import State
from therapists.enquiries.models import AccessLogEntry, Consultation, ConsultationState, Enquiry, ReadingKind
from therapists.enquiries.services.consultations import choose, propose
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.signed_links import Purpose, token

TOMORROW = timezone.now().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=2)


@pytest.fixture
def introduced(enquiry, therapist, matcher):
    return introduce(enquiry, therapist, matcher)


@pytest.fixture
def therapist_page(introduced):
    return reverse("enquiries:introduction", args=[token(Purpose.INTRODUCTION, introduced.offers.get().pk)])


def test_the_therapist_sees_how_to_reach_them(client, introduced, therapist_page):
    page = client.get(therapist_page).content.decode()
    assert "Sam Sample" in page
    assert "sam@example.org" in page
    assert "Hello." not in page
    assert AccessLogEntry.objects.get().reading == ReadingKind.INTRODUCTION


def test_the_introduction_ends_with_the_enquiry(client, introduced, therapist_page, matcher):
    move(introduced.pk, State.REVIEW, by=matcher)
    ended = client.get(therapist_page)
    assert ended.status_code == 410
    assert "This does not go on" in ended.content.decode()
    assert "Sam Sample" not in ended.content.decode()
    assert Enquiry.objects.get().therapist is None


def test_from_proposal_to_invitation(client, introduced, therapist_page, postbox):
    local = timezone.localtime(TOMORROW)
    times = {"time_1": local.strftime("%Y-%m-%dT%H:%M"), "time_2": local.strftime("%d/%m/%Y 15:30")}
    assert client.post(therapist_page, times).status_code == 302
    status = token(Purpose.STATUS, introduced.pk)
    page = client.get(reverse("enquiries:status", args=[status])).content.decode()
    first, second = introduced.consultations.proposed()
    assert str(first.pk) in page
    response = client.post(reverse("enquiries:choose", args=[status]), {"time": str(first.pk)}, follow=True)
    assert "You will talk on" in response.content.decode()
    second.refresh_from_db()
    assert second.state == ConsultationState.RELEASED
    kinds = list(introduced.messages.values_list("kind", flat=True))
    assert {"consultation_visitor", "consultation_therapist"} <= set(kinds)
    late = client.post(reverse("enquiries:choose", args=[status]), {"time": str(second.pk)})
    assert late.status_code == 422
    assert "no longer free" in late.content.decode()


def test_no_therapist_is_booked_twice(introduced, therapist, matcher, enquiries_practice):
    propose(introduced.pk, [TOMORROW])
    other = introduce(stored_enquiry(enquiries_practice.panic.pk), therapist, matcher)
    with pytest.raises(ValidationError, match="already taken"):
        propose(other.pk, [TOMORROW + timedelta(minutes=10)])
    assert not other.consultations.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.create(
            enquiry=other,
            therapist=therapist,
            during=DateTimeTZRange(TOMORROW, TOMORROW + timedelta(minutes=5)),
        )
    propose(other.pk, [TOMORROW + timedelta(minutes=20)])


@pytest.mark.parametrize("wrong", ["none", "past", "many"])
def test_times_that_cannot_be_proposed(introduced, wrong):
    times = {
        "none": [],
        "past": [timezone.now() - timedelta(minutes=1)],
        "many": [TOMORROW + timedelta(hours=hour) for hour in range(6)],
    }
    with pytest.raises(ValidationError):
        propose(introduced.pk, times[wrong])
    assert not introduced.consultations.exists()


def test_a_wrong_time_is_explained_and_kept(client, introduced, therapist_page):
    response = client.post(therapist_page, {"time_1": "next Tuesday"})
    assert response.status_code == 422
    assert "next Tuesday" in response.content.decode()
    assert not introduced.consultations.exists()


def test_only_the_times_of_ones_own_enquiry_can_be_chosen(
    client, introduced, candidates, matcher, enquiries_practice
):
    other = introduce(stored_enquiry(enquiries_practice.panic.pk), candidates[1], matcher)
    foreign = propose(other.pk, [TOMORROW])[0]
    with pytest.raises(ValidationError):
        choose(introduced.pk, foreign.pk)
    own_page = reverse("enquiries:choose", args=[token(Purpose.STATUS, introduced.pk)])
    for time in (foreign.pk, "x", ""):
        assert client.post(own_page, {"time": time}).status_code == 422


def test_withdrawing_frees_the_time(client, introduced):
    propose(introduced.pk, [TOMORROW])
    client.post(reverse("enquiries:withdraw", args=[token(Purpose.STATUS, introduced.pk)]))
    assert introduced.consultations.get().state == ConsultationState.RELEASED
