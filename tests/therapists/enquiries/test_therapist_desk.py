"""A therapist's own page: what waits, their load and diary, a pause, and who may open it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.enquiries import introduce, offer_to, stored_enquiry
from therapists.enquiries.mail.emails import compose
from therapists.enquiries.models import MessageKind
from therapists.enquiries.services.offers import accept
from therapists.enquiries.signed_links import therapist_address, therapist_token
from therapists.models import Availability, Departure, PeopleIntroduced

SOON = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=8)


@pytest.fixture
def at(therapist):
    def address(name="therapist"):
        return reverse(f"enquiries:{name}", args=[therapist_token(therapist.private)])

    return address


def test_what_waits_whom_they_see_and_how_much_they_have(
    client, at, enquiries_practice, therapist, candidates, matcher
):
    grief = enquiries_practice.grief.pk
    waiting, accepted = stored_enquiry(grief), stored_enquiry(grief, preferred_times=(SOON,))
    introduced, others = stored_enquiry(grief), stored_enquiry(grief)
    offer = offer_to(waiting, therapist, matcher)
    accept(offer_to(accepted, therapist, matcher).pk, SOON)
    introduce(introduced, therapist, matcher)
    offer_to(others, candidates[1], matcher)
    page = client.get(at()).content.decode()
    for enquiry in (waiting, accepted, introduced):
        assert enquiry.reference in page
    assert "/introduction/" not in page, "whoever is given the page could read who they are"
    for secret in (others.reference, "Sam Sample", "sam@example.org", "Grief"):
        assert secret not in page
    assert "You said yes to 2 in the last four" in page
    assert "Held until the introduction" in page
    # The letter of an offer leads here too.
    letter = compose(waiting.messages.get(kind=MessageKind.OFFER, offer=offer))
    assert therapist_address(therapist.private) in letter.body


def test_a_pause_and_a_confirmed_diary(client, at, therapist):
    until = timezone.localdate() + timedelta(days=20)
    for wrong, said in (
        ("", "Choose a day."),
        (str(timezone.localdate()), "still to come"),
        (str(until.replace(year=until.year + 4)), "Is the year right?"),
    ):
        response = client.post(at("therapist_pause"), {"until": wrong})
        assert (response.status_code, said in response.content.decode()) == (422, True)
    assert client.post(at("therapist_pause"), {"until": str(until)}).status_code == 302
    diary = Availability.objects.get(therapist=therapist)
    assert diary.paused_until == until
    assert "Your diary says that you take no new clients" in client.get(at()).content.decode()
    assert client.post(at("therapist_resume")).status_code == 302
    Availability.objects.update(confirmed_on=None)
    assert "has not been confirmed" in client.get(at()).content.decode()
    assert client.post(at("therapist_confirm")).status_code == 302
    diary.refresh_from_db()
    assert (diary.paused_until, diary.confirmed_on) == (None, timezone.localdate())


def test_looking_changes_nothing_and_the_link_is_theirs_alone(client, at, therapist, candidates, caplog):
    right = therapist_token(therapist.private)
    for name in ("therapist_pause", "therapist_resume", "therapist_confirm"):
        assert client.get(at(name)).status_code == 405
    assert "/enquiries/therapist/…/" in caplog.text
    assert right not in caplog.text
    other = therapist_token(candidates[1].private)
    mixed = f"{right.partition('.')[0]}.{other.partition('.')[2]}"
    for wrong in (right[:-1], mixed, ".", "x", right.partition(".")[0]):
        assert client.get(reverse("enquiries:therapist", args=[wrong])).status_code == 404
    before = at()
    therapist.private.offer_email = "new@therapists.example"
    therapist.private.save()
    assert client.get(before).status_code == 404
    assert client.get(at()).status_code == 200
    Departure.objects.create(therapist=therapist, people_introduced=PeopleIntroduced.STAY)
    assert client.get(at()).status_code == 404


def test_who_has_left_in_one_language_has_left_in_all(client, at, therapist, welsh):
    in_welsh = therapist.copy_for_translation(welsh, copy_parents=True)
    in_welsh.save_revision().publish()
    Departure.objects.create(therapist=in_welsh, people_introduced=PeopleIntroduced.STAY)

    assert client.get(at()).status_code == 404
