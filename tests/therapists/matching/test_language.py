"""Someone who reads the form in another language is answered in it: pages, letters and the API."""

from datetime import timedelta
from gettext import NullTranslations

import pytest
from bs4 import BeautifulSoup
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import trans_real
from wagtail.models import Locale

from home.models import PracticeSettings, PracticeTranslation
from tests.factories.enquiries import introduce
from tests.two_languages import in_language, speaking
from therapists.enquiries.enums import State
from therapists.enquiries.mail.emails import compose
from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import Enquiry, MessageKind, OutgoingMessage
from therapists.enquiries.services.consultations import cannot_make_it, choose, propose
from therapists.enquiries.signed_links import Purpose, token
from therapists.models import TherapistPrivate

SOON = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=8)


@pytest.fixture
def german(practice):
    with speaking(("de", "German")):
        locale = Locale.objects.create(language_code="de")
        in_language(locale, practice.home, title="Start", heading="Jemand zum Reden")
        in_language(locale, practice.grief, title="Trauer", slug="trauer")
        yield locale


@pytest.fixture
def left_in_english(german, monkeypatch):
    """The words that were asked for in German and are in no catalogue."""
    missing = set()

    class Recorder(NullTranslations):
        def gettext(self, message):
            missing.add(message)
            return message

        def ngettext(self, one, many, number):
            missing.add(one)
            return one if number == 1 else many

    monkeypatch.setattr(trans_real.translation("de"), "_fallback", Recorder())
    return missing


@pytest.fixture
def german_form(german, matching_page):
    return in_language(german, matching_page, title="Therapie finden", thanks_heading="Danke.")


@pytest.fixture
def german_visitor(visitor, german_form, make_therapist):
    make_therapist("Sample First")
    visitor.address = "/de/find-a-therapist/"
    return visitor


@pytest.fixture
def enquiry(german_visitor):
    german_visitor.reaches("contact").finishes()
    return Enquiry.objects.get()


def read(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def page(client, name, enquiry, status=200):
    return read(client.get(reverse(name, args=[token(Purpose.STATUS, enquiry.pk)])), status)


def act(client, name, enquiry, **data):
    return read(client.post(reverse(name, args=[token(Purpose.STATUS, enquiry.pk)]), data, follow=True))


def language(soup):
    return soup.html["lang"]


def day(moment, code):
    """“Dienstag, 1. Dezember” or “Tuesday 1 December”."""
    with translation.override(code):
        return date_format(timezone.localtime(moment), "l, j. F" if code == "de" else "l j F")


@pytest.mark.guide("Whoever fills in the form in another language gets its letters and private pages in it.")
def test_every_page_of_theirs_is_in_it(client, left_in_english, german_visitor, enquiry):
    assert enquiry.language == "de"
    assert language(read(client.get(german_visitor.response["Location"]))) == "de"
    read_status = page(client, "enquiries:status", enquiry)
    change = read(client.get(read_status.select_one("#told dd a")["href"]))
    assert (language(read_status), language(change)) == ("de", "de")
    status = read_status.main.get_text(" ")
    assert "Ein Mensch aus der Praxis liest sie bald." in status
    assert day(enquiry.deadline, "de") in status
    for name in ("enquiries:withdraw", "enquiries:undo_withdrawal"):
        assert language(act(client, name, enquiry)) == "de"
    assert language(act(client, "enquiries:erase", enquiry, confirm="on")) == "de"
    assert not Enquiry.objects.exists()
    assert left_in_english == set()


@pytest.mark.parametrize("words", ["Ich will nicht mehr leben.", "I want to die."])
def test_words_of_danger_are_read_first_in_either_language(german_visitor, front_end, words):
    german_visitor.reaches("contact").finishes(message=words)
    said_so = front_end.sends(front_end.answers(message=words)).json()["show_urgent_help"]
    assert said_so is True
    assert [enquiry.state for enquiry in Enquiry.objects.all()] == [State.SAFETY_HOLD] * 2


@pytest.mark.guide("Their enquiry says which language to write to them in.")
def test_the_practice_reads_its_own_language(client, enquiry, matcher):
    run = enquiry.suggestion_runs.get()
    said = " ".join(row for one in run.suggestions.all() for row in one.reasons)
    assert "Grief" in said
    assert "Trauer" not in said
    client.force_login(matcher)
    shown = read(client.get(reverse("enquiries_admin:enquiry", args=[enquiry.pk])))
    assert "German" in shown.get_text()


@pytest.mark.parametrize(
    ("wished", "code"), [("de-CH, de;q=0.9, en;q=0.5", "de"), ("fr", "en-gb"), ("", "en-gb")]
)
def test_what_knows_their_language_no_more_asks_the_browser(
    client, enquiry, left_in_english, monkeypatch, wished, code
):
    address = reverse("enquiries:status", args=[token(Purpose.STATUS, enquiry.pk)])
    headers = {"accept-language": wished}
    enquiry.delete()
    erased = client.get(address, headers=headers)
    assert language(read(erased, 410)) == code
    assert "Accept-Language" in erased["Vary"]
    assert "no-store" in erased["Cache-Control"]
    monkeypatch.setattr("therapists.enquiries.public.private_page.MOST_IN_A_MINUTE", 0)
    assert language(read(client.get(address, headers=headers), 429)) == code
    monkeypatch.undo()
    monkeypatch.setattr("therapists.enquiries.public.visitor_page.enquiry_or_404", lambda _token: 1 / 0)
    client.raise_request_exception = False
    assert language(read(client.get(address, headers=headers), 500)) == code
    assert left_in_english == set()


def letter(enquiry, kind, code) -> EmailMultiAlternatives:
    """The latest letter of a kind, once it says that it is in that language."""
    email = compose(OutgoingMessage.objects.filter(enquiry=enquiry, kind=kind).latest("created_at"))
    assert language(BeautifulSoup(email.alternatives[0].content, "html.parser")) == code, kind
    return email


@pytest.mark.guide("Whoever fills in the form in another language gets its letters and private pages in it.")
def test_letters_to_them_are_in_it_and_others_are_not(left_in_english, enquiry, matcher):
    PracticeTranslation.objects.create(
        original=PracticeSettings.objects.get(),
        locale=Locale.objects.get(language_code="de"),
        practice_name="Praxis für Beispiele",
    )
    therapist = enquiry.suggestion_runs.get().suggestions.first().therapist
    TherapistPrivate.objects.filter(therapist=therapist).update(offer_email="first@therapists.example")
    introduce(enquiry, therapist, matcher)
    propose(enquiry.pk, [SOON])
    choose(enquiry.pk, enquiry.consultations.proposed().get().pk)
    for kind in (MessageKind.REMINDER_VISITOR, MessageKind.REMINDER_THERAPIST):
        queue_message(enquiry, kind, consultation=enquiry.consultations.confirmed().get())
    for kind in MessageKind.CONSULTATION_VISITOR, MessageKind.REMINDER_VISITOR:
        assert day(SOON, "de") in letter(enquiry, kind, "de").body
    for kind in MessageKind.CONSULTATION_THERAPIST, MessageKind.REMINDER_THERAPIST:
        assert day(SOON, "en-gb") in letter(enquiry, kind, "en-gb").body
    cannot_make_it(enquiry.pk)
    assert day(SOON, "de") in letter(enquiry, MessageKind.CALLED_OFF_VISITOR, "de").body
    assert day(SOON, "en-gb") in letter(enquiry, MessageKind.CALLED_OFF_THERAPIST, "en-gb").body
    with translation.override("de"):  # whoever caused it
        letter(enquiry, MessageKind.NEW_ENQUIRY, "en-gb")
    for kind in MessageKind.ACKNOWLEDGEMENT, MessageKind.UPDATE:
        assert "Praxis für Beispiele" in letter(enquiry, kind, "de").body
    assert "Praxis" not in letter(enquiry, MessageKind.NEW_ENQUIRY, "en-gb").body
    assert letter(enquiry, MessageKind.ACKNOWLEDGEMENT, "de").subject.startswith("Wir haben Ihre Nachricht")
    assert left_in_english == set()


def test_the_api_answers_in_it(client, german_form, front_end, make_therapist):
    make_therapist("Sample First")
    form = client.get("/api/v2/matching/?locale=de").json()
    [concern] = [
        choice
        for step in form["steps"]
        for question in step["questions"]
        if question["name"] == "main_concern"
        for choice in question["choices"]
        if choice["label"] == "Trauer"
    ]
    assert concern["key"] == str(front_end.practice.grief.pk)
    answer = front_end.sends(place="enquiries/?locale=de")
    assert answer.status_code == 201, answer.content
    enquiry = Enquiry.objects.get()
    assert enquiry.language == "de"
    headers = {"authorization": f"Bearer {token(Purpose.STATUS, enquiry.pk)}"}
    due = client.get("/api/v2/enquiries/status/", headers=headers).json()["due"]
    assert day(enquiry.deadline, "de") in due
    assert translation.get_language() == "en-gb"
    assert client.get("/api/v2/matching/?locale=fr").status_code == 400
    german_form.unpublish()
    assert client.get("/api/v2/matching/?locale=de").status_code == 404


def test_a_language_that_the_site_gave_up_is_answered_in_the_usual_one(client, enquiry):
    Enquiry.objects.update(language="fr")
    enquiry.refresh_from_db()
    assert language(page(client, "enquiries:status", enquiry)) == "en-gb"
    letter(enquiry, MessageKind.ACKNOWLEDGEMENT, "en-gb")
    assert language(act(client, "enquiries:erase", enquiry, confirm="on")) == "en-gb"


def test_with_one_language_there_is_none_to_keep(visitor, make_therapist):
    make_therapist("Sample First")
    visitor.reaches("contact").finishes()
    enquiry = Enquiry.objects.get()
    assert (enquiry.language, enquiry.language_name) == ("", "")
    letter(enquiry, MessageKind.ACKNOWLEDGEMENT, "en-gb")
