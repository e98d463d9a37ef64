"""The matching page from outside, as a visitor's browser without scripts meets it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry
from therapists.enums import ConcernLevel, Gender
from therapists.matching import ticket
from therapists.matching.models import ExtraQuestion, QuestionWording

pytestmark = pytest.mark.django_db


def test_the_whole_way(visitor, make_therapist, practice):
    specialist = make_therapist("Ada Specialist", level=ConcernLevel.SPECIALISM, therapy=practice.ipt)
    make_therapist("Ben Other", concern=practice.panic)
    visitor.reaches("preferences")
    visitor.sends(formats=["video"], approaches=[str(practice.ipt.pk)])
    visitor.sends(client_group="individual", slots=["0-morning", "2-evening"], budget="55")
    assert visitor.suggested == ["Ada Specialist"]
    assert "Specialises in “Grief and loss”, your main concern." in visitor.text
    assert "Offers Interpersonal therapy, which you asked about." in visitor.text
    assert "£5 above your stated £55." in visitor.text
    assert "%" not in visitor.text
    visitor.sends(choice=str(specialist.pk))
    visitor.sends(**visitor.plain_answers()["contact"], message="Hello")

    enquiry = Enquiry.objects.get()
    assert visitor.response.status_code == 302
    visitor.opens(visitor.response["Location"])
    assert enquiry.reference in visitor.text
    assert enquiry.reference not in visitor.response.request["PATH_INFO"]
    assert enquiry.chosen_therapist_id == specialist.pk
    assert enquiry.answers().concerns == (practice.grief.pk,)
    assert enquiry.contact.email == "sam@example.org"
    assert enquiry.consent_version == "2026-11"
    [suggestion] = enquiry.suggestion_runs.get().suggestions.all()
    assert sum(suggestion.contributions.values()) == pytest.approx(suggestion.score)


def test_nothing_is_stored_until_the_visitor_agrees(visitor, make_therapist):
    make_therapist("Ada")
    for step in ["before", "concerns", "preferences", "times", "suggestions", "contact"]:
        visitor.reaches(step)
    assert not Enquiry.objects.exists()
    assert not Session.objects.exists()
    contact = visitor.plain_answers()["contact"]
    del contact["consent"]
    visitor.sends(**contact)
    assert visitor.response.status_code == 422
    assert visitor.errors == ["We need your agreement before we may keep what you told us."]
    assert not Enquiry.objects.exists()


def test_the_consent_is_never_ticked_beforehand(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("contact")
    assert "consent" not in dict(visitor.fields)
    visitor.sends(**visitor.plain_answers()["contact"], go="suggestions")
    visitor.sends(choice="practice")
    assert visitor.step == "contact"
    assert dict(visitor.fields)["name"] == "Sam Sample"
    assert "consent" not in dict(visitor.fields)


@pytest.mark.parametrize(
    ("answers", "heading"),
    [
        ({"adult": "no", "needs_help_today": "no"}, "Who can help if you are under 18"),
        ({"adult": "yes", "needs_help_today": "yes"}, "Help for today"),
        ({"adult": "no", "needs_help_today": "yes"}, "Help for today"),
    ],
)
def test_whoever_the_form_cannot_help_is_shown_who_can(visitor, answers, heading):
    visitor.opens().sends(**answers)
    assert visitor.soup.h1.get_text(strip=True) == heading
    assert visitor.response.status_code == 200
    assert visitor.step is None
    assert "We have kept nothing of what you chose." in visitor.text
    assert not Enquiry.objects.exists()
    assert not Session.objects.exists()


def test_the_way_out_cannot_be_walked_around(visitor, make_therapist):
    """Answers of an earlier step are checked again at every later one."""
    make_therapist("Ada")
    visitor.reaches("contact")
    visitor.sends(**visitor.plain_answers()["contact"], needs_help_today="yes")
    assert visitor.soup.h1.get_text(strip=True) == "Help for today"
    assert not Enquiry.objects.exists()


WRONG = {
    "nothing at the start": ("before", {}, 2),
    "an answer that is none": ("before", {"adult": "maybe", "needs_help_today": "no"}, 1),
    "no concern": ("concerns", {}, 1),
    "a concern that is not there": ("concerns", {"main_concern": "99999999999999999999"}, 1),
    "a null byte": ("concerns", {"main_concern": "1\x00"}, 1),
    "no way to meet": ("preferences", {}, 1),
    "an essential that says nothing": ("preferences", {"formats": ["video"], "gender_is_essential": "on"}, 1),
    "a language no one speaks": ("preferences", {"formats": ["video"], "language": "xx"}, 1),
    "nobody it is for": ("times", {}, 1),
    "a time that is none": ("times", {"client_group": "individual", "slots": ["9-night"]}, 1),
    "only these times, but none": ("times", {"client_group": "individual", "only_these_slots": "on"}, 1),
    "a budget in words": ("times", {"client_group": "individual", "budget": "not much"}, 1),
    "a budget below nothing": ("times", {"client_group": "individual", "budget": "-5"}, 1),
    "a budget without end": ("times", {"client_group": "individual", "budget": "1e400"}, 1),
    "a firm budget of nothing": ("times", {"client_group": "individual", "budget_is_firm": "on"}, 1),
    "a therapist not suggested": ("suggestions", {"choice": "1"}, 1),
    "no name and no address": ("contact", {"consent": "on"}, 2),
    "half an address": (
        "contact",
        {"name": "Sam", "email": "sam@", "safe_to_email": "yes", "consent": "on"},
        1,
    ),
    "an unsafe address and no phone": (
        "contact",
        {"name": "Sam", "email": "sam@example.org", "safe_to_email": "no", "consent": "on"},
        1,
    ),
    "a header in the address": (
        "contact",
        {
            "name": "Sam",
            "email": "sam@example.org\nBcc: eve@example.org",
            "safe_to_email": "yes",
            "consent": "on",
        },
        1,
    ),
    "a name without end": (
        "contact",
        {"name": "S" * 81, "email": "sam@example.org", "safe_to_email": "yes", "consent": "on"},
        1,
    ),
}


def test_wrong_input_comes_back_with_every_answer_kept(visitor, make_therapist, subtests):
    make_therapist("Ada")
    for case, (step, answers, errors) in WRONG.items():
        with subtests.test(case):
            visitor.reaches(step)
            before = [(name, value) for name, value in visitor.fields if name not in {*answers, "ticket"}]
            visitor.sends(**answers)
            assert visitor.response.status_code == 422
            assert visitor.step == step
            assert len(visitor.errors) == errors
            assert visitor.soup.title.get_text().startswith("Error:")
            for link in visitor.soup.select(".error-summary a"):
                assert visitor.soup.select_one(link["href"]), link["href"]
            assert set(before) <= set(visitor.fields)
    assert not Enquiry.objects.exists()


def test_what_was_typed_wrong_comes_back_to_be_mended(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("times").sends(client_group="individual", budget="not much", matters_most="fee")
    kept = dict(visitor.fields)
    assert (kept["budget"], kept["matters_most"], kept["client_group"]) == ("not much", "fee", "individual")


def test_double_sending_makes_one_enquiry(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("contact")
    form = list(visitor.fields)
    references = set()
    for _attempt in range(2):
        visitor.fields = list(form)
        visitor.sends(**visitor.plain_answers()["contact"])
        visitor.opens(visitor.response["Location"])
        references.add(visitor.soup.select_one(".matching__reference strong").get_text())
        visitor.address = visitor.address.removesuffix("sent/")
    assert [enquiry.reference for enquiry in Enquiry.objects.all()] == list(references)


def test_going_back_keeps_the_answers(visitor, make_therapist, practice):
    make_therapist("Ada")
    visitor.reaches("contact")
    visitor.sends(go="concerns", name="Sam")
    assert visitor.step == "concerns"
    assert dict(visitor.fields)["main_concern"] == str(practice.grief.pk)
    for answers in list(visitor.plain_answers().values())[1:5]:
        visitor.sends(**answers)
    assert visitor.step == "contact"
    assert dict(visitor.fields)["name"] == "Sam"


def test_no_answer_is_in_an_address_a_cache_or_a_referrer(visitor, make_therapist):
    make_therapist("Ada")
    for step in visitor.plain_answers():
        visitor.reaches(step)
        assert "no-store" in visitor.response["Cache-Control"]
        assert visitor.response["Referrer-Policy"] == "same-origin"
        assert visitor.response.request.get("QUERY_STRING", "") == ""
    visitor.sends(**visitor.plain_answers()["contact"])
    assert "no-store" in visitor.response["Cache-Control"]
    assert visitor.response["Location"] == "/find-a-therapist/sent/"
    cookie = visitor.client.cookies["enquiry_sent"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/find-a-therapist/")


def test_the_thank_you_page_is_only_for_who_sent_something(visitor):
    visitor.opens("/find-a-therapist/sent/")
    assert visitor.response.status_code == 302
    visitor.client.cookies["enquiry_sent"] = "made-up"
    visitor.opens("/find-a-therapist/sent/")
    assert visitor.response.status_code == 302


def test_words_about_safety_show_help_and_do_not_stop_the_enquiry(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("contact")
    visitor.sends(**visitor.plain_answers()["contact"], message="I want to die.")
    visitor.opens(visitor.response["Location"])
    assert visitor.soup.select_one(".help-now")
    assert Enquiry.objects.get().state == State.SAFETY_HOLD


def test_someone_who_finds_no_words_for_it_may_ask_as_well(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("concerns").sends(main_concern="other")
    visitor.sends(formats=["video"]).sends(client_group="individual")
    assert visitor.suggested == ["Ada"]
    visitor.sends(choice="practice").sends(**visitor.plain_answers()["contact"])
    assert Enquiry.objects.get().answers().concerns == ()


def test_no_essential_is_ever_broken(visitor, make_therapist):
    make_therapist("Ada Woman", gender=Gender.WOMAN)
    make_therapist("Ben Man", gender=Gender.MAN, level=ConcernLevel.SPECIALISM)
    make_therapist("Cy Unsaid", level=ConcernLevel.SPECIALISM)
    visitor.reaches("preferences")
    visitor.sends(formats=["video"], genders=["woman"], gender_is_essential="on")
    visitor.sends(client_group="individual")
    assert visitor.suggested == ["Ada Woman"]


def test_a_firm_limit_is_eased_only_when_the_visitor_agrees(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("times")
    visitor.sends(client_group="individual", slots=["6-evening"], only_these_slots="on")
    assert visitor.suggested == []
    assert "1 more would fit at other times." in visitor.text
    visitor.sends(go="ease-other_times")
    assert visitor.response.status_code == 200
    assert visitor.suggested == ["Ada"]
    assert "Does not work at any of the times you chose." in visitor.text
    visitor.sends(choice="practice").sends(**visitor.plain_answers()["contact"])
    assert Enquiry.objects.get().only_these_slots is False


def test_without_anyone_who_fits_the_enquiry_still_reaches_the_practice(visitor):
    visitor.reaches("suggestions")
    assert visitor.suggested == []
    assert "Today there is no one here who meets everything you told us." in visitor.text
    visitor.sends(choice="practice").sends(**visitor.plain_answers()["contact"])
    assert Enquiry.objects.count() == 1


def test_from_a_profile_the_therapist_comes_first(visitor, make_therapist, practice):
    for name in ["Ada", "Ben", "Cy"]:
        make_therapist(name, level=ConcernLevel.SPECIALISM)
    asked = make_therapist("Dee", concern=practice.panic)
    visitor.opens(f"/find-a-therapist/?therapist={asked.slug}")
    visitor.opens(visitor.response["Location"])
    assert visitor.address == f"/find-a-therapist/with/{asked.slug}/"
    assert "You are asking about Dee." in visitor.text
    answers = visitor.plain_answers()
    visitor.sends(**answers["before"]).sends(main_concern="other", other_concerns=[str(practice.panic.pk)])
    visitor.sends(**answers["preferences"]).sends(**answers["times"])
    assert visitor.suggested[0] == "Dee"
    visitor.sends(choice=str(asked.pk)).sends(**answers["contact"])
    assert Enquiry.objects.get().chosen_therapist_id == asked.pk


def test_a_therapist_who_breaks_an_essential_is_not_offered_even_when_asked_about(visitor, make_therapist):
    asked = make_therapist("Dee", gender=Gender.MAN)
    visitor.address = f"/find-a-therapist/with/{asked.slug}/"
    visitor.reaches("preferences")
    visitor.sends(formats=["video"], genders=["woman"], gender_is_essential="on")
    visitor.sends(client_group="individual")
    assert visitor.suggested == []
    assert "We cannot suggest Dee for what you told us" in visitor.text
    visitor.sends(choice=str(asked.pk))
    assert visitor.response.status_code == 422


@pytest.mark.parametrize(
    "address", ["?therapist=nobody", "?therapist=%00", "with/nobody/", "?therapist=" + "x" * 3000]
)
def test_a_therapist_who_is_not_there_does_not_stop_anyone(visitor, address):
    visitor.opens(f"/find-a-therapist/{address}")
    if visitor.response.status_code == 302:
        visitor.opens(visitor.response["Location"])
    assert visitor.step == "before"


def test_a_robot_that_fills_in_everything_is_told_kindly(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("contact").sends(**visitor.plain_answers()["contact"], website="https://spam.example")
    assert visitor.response.status_code == 422
    assert "leave the field called “website” empty" in visitor.errors[0]
    assert not Enquiry.objects.exists()


def test_a_form_sent_too_soon_too_late_or_with_a_made_up_ticket_can_be_sent_again(
    visitor, make_therapist, monkeypatch
):
    make_therapist("Ada")
    visitor.reaches("contact")
    for name, age in [("LEAST_AGE", timedelta(hours=1)), ("MOST_AGE", timedelta(0))]:
        with monkeypatch.context() as patched:
            patched.setattr(ticket, name, age)
            visitor.sends(**visitor.plain_answers()["contact"])
            assert visitor.response.status_code == 422
    visitor.sends(**visitor.plain_answers()["contact"], ticket="made-up")
    assert visitor.response.status_code == 422
    assert not Enquiry.objects.exists()
    visitor.sends()
    assert visitor.response.status_code == 302
    assert Enquiry.objects.count() == 1


def test_consent_to_an_older_wording_does_not_count(visitor, make_therapist, matching_page):
    make_therapist("Ada")
    visitor.reaches("contact")
    matching_page.consent_text = "A new wording."
    matching_page.consent_version = "2027-01"
    matching_page.save_revision().publish()
    visitor.sends(**visitor.plain_answers()["contact"])
    assert visitor.response.status_code == 422
    assert visitor.errors == ["This wording has changed. Please read it once more."]
    assert "consent" not in dict(visitor.fields)
    assert dict(visitor.fields)["name"] == "Sam Sample"
    visitor.sends(consent="on")
    assert Enquiry.objects.get().consent_version == "2027-01"


def test_what_no_visitor_could_have_typed_is_turned_away(visitor):
    visitor.opens()
    response = visitor.client.post(visitor.address, {"step": "before", "adult": "y" * 70_000})
    assert response.status_code == 413
    assert visitor.client.post(visitor.address, {"step": "nonsense", "go": "nowhere"}).status_code == 200
    eased = {"step": "suggestions", "go": "ease-place_soon"}
    assert visitor.client.post(visitor.address, eased).status_code == 422
    assert visitor.client.put(visitor.address).status_code == 405


def test_editors_word_the_questions_and_add_their_own(visitor, make_therapist, matching_page):
    make_therapist("Ada")
    matching_page.question_wordings.add(
        QuestionWording(question="main_concern", label="What is on your mind?", help_text="Anything.")
    )
    matching_page.extra_questions.add(ExtraQuestion(label="How did you hear of us?"))
    matching_page.save()
    visitor.reaches("concerns")
    assert "What is on your mind? Anything." in visitor.text
    visitor.reaches("contact")
    visitor.sends(**visitor.plain_answers()["contact"], extra_0="From a friend")
    assert Enquiry.objects.get().free_text.extra_answers == (("How did you hear of us?", "From a friend"),)


def test_the_number_of_queries_does_not_grow_with_the_therapists(visitor, make_therapist, practice):
    def queries_of_the_suggestions():
        visitor.reaches("times")
        with CaptureQueriesContext(connection) as captured:
            visitor.sends(**visitor.plain_answers()["times"])
        assert len(visitor.suggested) == 3
        return len(captured)

    for name in ["Ada", "Ben", "Cy"]:
        make_therapist(name, therapy=practice.ipt)
    queries_of_the_suggestions()  # warms what is cached for the whole process
    few = queries_of_the_suggestions()
    for number in range(21):
        make_therapist(f"Dee {number}", therapy=practice.cbt)
    assert queries_of_the_suggestions() == few
