"""A therapist's own page: what waits, their load and diary, a pause, and who may open it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.signing import Signer
from django.urls import reverse
from django.utils import timezone

from tests.factories.enquiries import introduce, offer_to, stored_enquiry
from therapists.enquiries.enums import State
from therapists.enquiries.mail.emails import compose
from therapists.enquiries.models import Enquiry, MessageKind, OutgoingMessage
from therapists.enquiries.public import new_link
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.new_links import send_offer_link
from therapists.enquiries.services.offers import accept
from therapists.enquiries.services.retention import erase
from therapists.enquiries.signed_links import Purpose, read_link, therapist_of, therapist_token, token
from therapists.models import Availability, Departure, PeopleIntroduced, TherapistPrivate

SOON = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=8)


@pytest.fixture
def at(therapist):
    def address(name="therapist"):
        return reverse(f"enquiries:{name}", args=[therapist_token(therapist.private)])

    return address


@pytest.mark.guide(
    "Therapists can do so themselves, and pause until a day, on a page of their own, to which the letters "
    "of offers and introductions lead without a log-in.",
)
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
    [link] = re.findall(r"/enquiries/therapist/([^/]+)/", letter.body)
    assert therapist_of(link)[0] == therapist


@pytest.mark.guide(
    "Therapists can do so themselves, and pause until a day, on a page of their own, to which the letters "
    "of offers and introductions lead without a log-in.",
)
def test_a_pause_and_a_confirmed_diary(client, at, therapist):
    until = timezone.localdate() + timedelta(days=20)
    for wrong, said in (
        ("", "Choose a day."),
        (str(timezone.localdate()), "still to come"),
        (str(until.replace(year=until.year + 4)), "Is the year right?"),
    ):
        response = client.post(at("therapist_pause"), {"until": wrong})
        assert (response.status_code, said in response.content.decode()) == (422, True)
        assert "<title>Error: Your own page" in response.content.decode()
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


@pytest.mark.guide("Change their address, and links from before are dead.")
def test_looking_changes_nothing_and_the_link_is_theirs_alone(client, at, therapist, candidates, caplog):
    right = therapist_token(therapist.private)
    own_page = reverse("enquiries:therapist", args=[right])
    for name in ("therapist_pause", "therapist_resume", "therapist_confirm"):
        led = client.get(reverse(f"enquiries:{name}", args=[right]))
        assert (led.status_code, led["Location"]) == (302, own_page)
        assert "no-store" in led["Cache-Control"]
    assert not Availability.objects.get(therapist=therapist).is_paused(timezone.localdate())
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


def old_token(purpose, key):
    """As links were before they carried when they were made."""
    return Signer(sep=".", salt=f"therapists.enquiries.signed_links.{purpose}").sign(key.hex)


def ago(days):
    return timezone.now() - timedelta(days=days)


def asks_for_another(client, response):
    """The page says that the link ended; a new one goes to the stored address, once for all who ask."""
    assert response.status_code == 410
    page = response.content.decode()
    assert "This link has ended" in page
    action = re.search(r'action="(/enquiries/new-link/[^"]+)"', page)[1]
    # A look at the action's address sends nothing, and leads back.
    assert client.get(action, follow=True).status_code == 410
    for _ in range(2):
        assert client.post(action, follow=True).status_code == 200
    return compose(OutgoingMessage.objects.get(kind__in=[MessageKind.OWN_PAGE, MessageKind.NEW_LINK]))


@pytest.mark.guide(
    "A link ends after half a year, and each letter brings a new one; the page then offers to send another "
    "to the address that you have here.",
)
def test_a_link_to_the_own_page_ends_and_each_letter_brings_a_new_one(client, therapist, caplog):
    private = therapist.private
    signer = f"{Purpose.THERAPIST}.{therapist.pk}.{private.offer_email}"
    from_before = old_token(signer, therapist.translation_key)
    for value, opens in (
        (therapist_token(private, ago(179)), 200),
        (therapist_token(private, ago(181)), 410),
        (from_before, 410),
    ):
        assert client.get(reverse("enquiries:therapist", args=[value])).status_code == opens
        pause = client.post(reverse("enquiries:therapist_pause", args=[value]), {"until": ""})
        assert pause.status_code == (422 if opens == 200 else 410)
    letter = asks_for_another(client, client.get(reverse("enquiries:therapist", args=[from_before])))
    assert letter.to == [private.offer_email]
    assert client.get(re.search(r"http://testserver(\S+)", letter.body)[1]).status_code == 200
    for purpose, value in ((Purpose.OFFER, from_before), (Purpose.STATUS, "x"), ("letter", "x")):
        assert client.post(reverse("enquiries:new_link", args=[purpose, value])).status_code == 404
    assert "/enquiries/new-link/offer/…/" in caplog.text
    assert from_before not in caplog.text


def test_a_link_asked_for_while_its_enquiry_is_erased_is_no_error(
    client, enquiry, therapist, matcher, monkeypatch
):
    offer = offer_to(enquiry, therapist, matcher)

    def erased_in_between(key):
        erase(enquiry.pk)
        send_offer_link(key)

    monkeypatch.setattr(new_link, "send_offer_link", erased_in_between)
    ask = reverse("enquiries:new_link", args=[Purpose.OFFER, token(Purpose.OFFER, offer.pk)])
    answer = client.post(ask, follow=True)
    assert answer.redirect_chain == [(reverse("enquiries:new_link_sent"), 302)]
    assert not OutgoingMessage.objects.filter(kind=MessageKind.NEW_LINK).exists()
    assert client.post(ask).status_code == 404


def test_links_to_what_is_over_end_after_a_grace_time(client, enquiry, therapist, matcher):
    offer = introduce(enquiry, therapist, matcher).offers.get()

    def links(days):
        yield reverse("enquiries:introduction", args=[token(Purpose.INTRODUCTION, offer.pk, ago(days))])
        yield reverse("enquiries:offer", args=[token(Purpose.OFFER, offer.pk, ago(days))])
        yield reverse("enquiries:introduction", args=[old_token(Purpose.INTRODUCTION, offer.pk)])

    for state, since, opens in (
        (None, 80, 200),
        (State.CONSULTED, 80, 200),
        (State.STARTED, 27, 200),
        (State.STARTED, 29, 410),
    ):
        if state and enquiry.state != state:
            move(enquiry.pk, state)
        Enquiry.objects.update(state_since=ago(since))
        enquiry.refresh_from_db()
        for link in links(90):
            response = client.get(link)
            assert response.status_code == opens, (state, since, link)
            if opens == 410:
                assert "Sam Sample" not in response.content.decode()
    letter = asks_for_another(client, client.get(next(links(90))))
    assert letter.to == [therapist.private.offer_email]
    found = client.get(re.search(r"http://testserver(\S+)", letter.body)[1]).content.decode()
    renewed = re.search(r'href="(/enquiries/introduction/[^"]+)"', found)[1]
    assert "Sam Sample" in client.get(renewed).content.decode()
    # What an open page leads to lasts no longer than the link that opened it.
    _introduction, by_offer, _from_before = links(27)
    inner = re.search(r'href="/enquiries/introduction/([^/"]+)/"', client.get(by_offer).content.decode())[1]
    assert read_link(Purpose.INTRODUCTION, inner).made_at < ago(26)


@pytest.mark.guide(
    "Send them the link, beside a diary, sends a therapist this page's address; it is never shown in the "
    "admin.",
)
def test_whoever_keeps_diaries_sends_a_therapist_their_own_page(client, therapist, matcher):
    address = reverse("send_own_page", args=[therapist.availability.pk])
    client.force_login(matcher)
    client.post(address)
    assert not OutgoingMessage.objects.filter(kind=MessageKind.OWN_PAGE).exists()
    matcher.groups.set(Group.objects.filter(name="Content editor"))
    client.force_login(matcher)
    assert address in client.get(reverse("diaries:index")).content.decode()
    client.get(address)  # such as after signing in anew
    assert not OutgoingMessage.objects.filter(kind=MessageKind.OWN_PAGE).exists()
    for said in ("is on its way to Sample First", "within the last hour"):
        page = client.post(address, follow=True).content.decode()
        assert said in page
        assert "/enquiries/therapist/" not in page
    letter = compose(OutgoingMessage.objects.get(kind=MessageKind.OWN_PAGE))
    assert (letter.to, "/enquiries/therapist/" in letter.body) == ([therapist.private.offer_email], True)
    TherapistPrivate.objects.all().delete()
    assert "There is no e-mail address" in client.post(address, follow=True).content.decode()
    Departure.objects.create(therapist=therapist, people_introduced=PeopleIntroduced.STAY)
    assert "has left" in client.post(address, follow=True).content.decode()
