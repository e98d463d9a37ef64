"""What is kept between two pages of the form: for an hour, for one browser, readable by nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.backups.postgres_programs import left_out
from core.encryption.keyring import keyring
from core.encryption.sealing import CannotOpen, Place, open_sealed
from tests.therapists.matching.visitor import Visitor
from tests.throttling import hold_back
from therapists.enquiries.models import Enquiry, EnquiryDraft
from therapists.enquiries.services.drafts import LIFETIME, new_token, purge_drafts, read_draft
from therapists.enquiries.tasks import purge_drafts as purging
from therapists.matching.models import MatchingPage

pytestmark = pytest.mark.django_db

FORM = "/find-a-therapist/"
LATER = [f"{FORM}{step}/" for step in ("concerns", "who", "how", "suggestions", "contact")]


@pytest.fixture
def at_the_end(visitor, make_therapist):
    make_therapist("Ada")
    return visitor.reaches("contact")


def hour_passes():
    EnquiryDraft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def test_every_page_of_the_way_can_be_asked_for_again(at_the_end, practice):
    """Going back, going forward and reloading are GETs, and each shows what was answered."""
    told = list(at_the_end.plain_answers().values())[:5]
    answers = [answer for of_step in told for answer in of_step.items()]
    for address in [FORM, *LATER]:
        at_the_end.opens(address)
        assert at_the_end.response.status_code == 200
        assert not at_the_end.errors
        shown = dict(at_the_end.fields)
        for name, value in answers:
            if name in shown:
                assert shown[name] == (value if isinstance(value, str) else value[0])
    assert dict(at_the_end.opens(LATER[0]).fields)["main_concern"] == str(practice.grief.pk)


def test_no_answer_stands_in_a_page_that_does_not_ask_for_it(at_the_end, practice):
    names = {name for name, _value in at_the_end.fields}
    assert names.isdisjoint({"adult", "main_concern", "formats", "slots", "choice"})


def test_no_step_can_be_skipped_by_its_address(visitor, make_therapist):
    make_therapist("Ada")
    for address in LATER:
        assert visitor.opens(address).response.url == FORM
    visitor.address = FORM
    visitor.reaches("who")
    for address in LATER[2:]:
        assert visitor.opens(address).response.url == LATER[1]


def test_of_two_tabs_each_adds_to_what_the_other_told_and_one_enquiry_is_made(at_the_end, practice):
    other = Visitor(at_the_end.client, FORM, practice).refines(budget="70")
    assert other.step == "suggestions"
    at_the_end.finishes()
    assert Enquiry.objects.get().budget == 70
    other.sends(choice="practice")
    assert other.response.url == f"{FORM}sent/"
    assert Enquiry.objects.count() == 1


def test_what_is_kept_can_be_read_with_the_cookie_alone(at_the_end):
    at_the_end.sends(go="suggestions", name="Sam Sample", message="It is the third time.")
    token = at_the_end.client.cookies["enquiry_draft"].value
    row = EnquiryDraft.objects.get()
    assert "third time" in read_draft(token)
    assert b"Sam" not in bytes(row.sealed) and b"main_concern" not in bytes(row.sealed)
    assert token not in row.name
    assert read_draft(new_token()) is None
    with pytest.raises(CannotOpen):
        open_sealed(bytes(row.sealed), Place(row._meta.db_table, "sealed", row.name), keyring())
    EnquiryDraft.objects.update(sealed=bytes(row.sealed)[:-1] + b"x")
    assert read_draft(token) is None
    assert at_the_end.opens(LATER[0]).response.url == FORM


def test_the_cookie_is_for_this_form_until_the_browser_is_closed(visitor):
    visitor.opens()
    assert "enquiry_draft" not in visitor.client.cookies
    visitor.sends(**visitor.plain_answers()["before"])
    cookie = visitor.client.cookies["enquiry_draft"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", FORM)
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


def test_after_an_hour_it_is_over_and_what_was_written_last_is_not_lost(at_the_end):
    hour_passes()
    assert at_the_end.opens(LATER[-1]).response.url == FORM
    at_the_end.opens(FORM)
    assert "adult" not in dict(at_the_end.fields)
    at_the_end.action = LATER[-1]
    at_the_end.sends(step="contact", name="Sam", message="These words took me an hour.")
    assert at_the_end.step == "before"
    assert "your earlier ones are erased" in at_the_end.text
    assert not at_the_end.errors
    for answers in list(at_the_end.plain_answers().values())[:5]:
        at_the_end.sends(**answers)
    assert dict(at_the_end.fields)["message"] == "These words took me an hour."
    assert dict(at_the_end.fields)["name"] == "Sam"


def test_each_answer_gives_another_hour_and_the_clock_erases(at_the_end):
    EnquiryDraft.objects.update(expires_at=timezone.now() + timedelta(minutes=1))
    at_the_end.sends(go="suggestions")
    assert EnquiryDraft.objects.get().expires_at > timezone.now() + LIFETIME - timedelta(minutes=1)
    assert purge_drafts() == 0
    hour_passes()
    purging(0)
    assert not EnquiryDraft.objects.exists()


def test_once_sent_nothing_is_kept_and_going_back_gives_thanks_again(at_the_end):
    at_the_end.finishes()
    assert not EnquiryDraft.objects.exists()
    assert at_the_end.client.cookies["enquiry_draft"].value == ""
    assert at_the_end.opens(LATER[-1]).response.url == f"{FORM}sent/"
    assert "adult" not in dict(at_the_end.opens(FORM).fields)


def test_on_a_shared_phone_the_answers_can_be_cleared(at_the_end):
    at_the_end.sends(go="clear", name="Sam")
    assert at_the_end.soup.h1.get_text() == "Your answers are erased"
    assert not EnquiryDraft.objects.exists()
    assert at_the_end.client.cookies["enquiry_draft"].value == ""
    for address in LATER:
        assert at_the_end.opens(address).response.url == FORM
    at_the_end.opens(FORM)
    assert "adult" not in dict(at_the_end.fields)


def test_whoever_comes_back_within_the_hour_can_go_on_or_begin_anew(at_the_end):
    at_the_end.opens(FORM)
    assert dict(at_the_end.fields)["adult"] == "yes"
    assert "Answers from the last hour are still here" in at_the_end.text
    at_the_end.sends(go="clear")
    assert not EnquiryDraft.objects.exists()


def test_from_a_profile_the_first_step_keeps_its_address(visitor, make_therapist):
    ada = make_therapist("Ada")
    visitor.address = f"{FORM}with/{ada.slug}/"
    visitor.opens().sends(**visitor.plain_answers()["before"])
    assert (visitor.step, visitor.sends(client_group="individual").step) == ("who", "contact")
    assert "You asked about" in visitor.opens(LATER[3]).text
    visitor.opens(LATER[0]).sends(go="before")
    assert visitor.response.request["PATH_INFO"] == f"{FORM}with/{ada.slug}/"
    # Whoever begins again without her is not led back to her.
    visitor.opens(FORM).sends(**visitor.plain_answers()["before"])
    assert "You asked about" not in visitor.opens(LATER[3]).text


def test_no_more_drafts_are_begun_from_one_address_than_people_would(visitor, settings):
    hold_back(settings, previewing="1/hour")
    answers = visitor.plain_answers()["before"]
    visitor.opens().sends(**answers)
    visitor.client.cookies.clear()
    visitor.opens().sends(**answers)
    assert visitor.response.status_code == 429
    assert dict(visitor.fields)["adult"] == "yes"
    assert EnquiryDraft.objects.count() == 1


def test_no_backup_holds_one():
    assert "--exclude-table-data=enquiries_enquirydraft" in left_out()


def test_every_answer_to_a_post_is_a_redirect(at_the_end, make_therapist):
    """Also where something is wrong: the browser never asks to send a form again."""
    assert MatchingPage.objects.exists()
    client = at_the_end.client
    for posted in (
        {"step": "before"},
        {"step": "concerns"},
        {"step": "suggestions", "choice": "1"},
        {"step": "contact"},
        {"step": "contact", "go": "how"},
        {"step": "suggestions", "go": "ease-reduced_fee"},
        {"go": "clear"},
    ):
        assert client.post(FORM, posted | {"ticket": dict(at_the_end.fields)["ticket"]}).status_code == 302
