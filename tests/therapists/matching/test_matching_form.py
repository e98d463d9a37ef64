"""The matching page from outside, as a visitor's browser without scripts meets it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.therapies import ConcernPageFactory
from therapies.models import ConcernPage
from therapists.enquiries.models import Enquiry
from therapists.enums import ConcernLevel
from therapists.matching.models import ExtraQuestion, QuestionWording
from therapists.models import TherapistConcern

pytestmark = pytest.mark.django_db


@pytest.mark.guide(
    "Matching page: the form through which a visitor asks for a first consultation",
    "Everything else stands beside the suggestions as “Make these fit better”, and may be left out.",
)
def test_the_whole_way(visitor, make_therapist, practice):
    specialist = make_therapist("Ada Specialist", level=ConcernLevel.SPECIALISM, therapy=practice.ipt)
    make_therapist("Ben Other", concern=practice.panic)
    visitor.reaches("suggestions")
    assert "Make these fit better" in visitor.text
    visitor.refines(approaches=[str(practice.ipt.pk)], slots=["0-morning", "2-evening"], budget="55")
    assert visitor.suggested == ["Ada Specialist"]
    assert "Specialises in “Grief and loss”, your main concern." in visitor.text
    assert "Offers Interpersonal therapy, which you asked about." in visitor.text
    assert "£5 above your stated £55." in visitor.text
    assert "%" not in visitor.text
    visitor.sends(choice=str(specialist.pk))
    visitor.finishes(message="Hello")

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


@pytest.mark.guide(
    "Everything else stands beside the suggestions as “Make these fit better”, and may be left out.",
)
def test_double_sending_makes_one_enquiry(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("check")
    form = list(visitor.fields)
    references = set()
    for _attempt in range(2):
        visitor.fields = list(form)
        visitor.sends(consent="on")
        visitor.opens(visitor.response["Location"])
        references.add(visitor.soup.select_one(".matching__reference strong").get_text())
    assert [enquiry.reference for enquiry in Enquiry.objects.all()] == list(references)


def test_going_back_keeps_the_answers(visitor, make_therapist, practice):
    make_therapist("Ada")
    visitor.reaches("contact")
    visitor.sends(go="concerns", name="Sam")
    assert visitor.step == "concerns"
    assert dict(visitor.fields)["main_concern"] == str(practice.grief.pk)
    # Whoever changes one earlier answer is not led through all that followed.
    visitor.sends(main_concern="other")
    assert visitor.step == "contact"
    assert dict(visitor.fields)["name"] == "Sam"


def test_no_answer_is_in_an_address_a_cache_or_a_referrer(visitor, make_therapist):
    make_therapist("Ada")
    for step in visitor.plain_answers():
        visitor.reaches(step)
        assert "no-store" in visitor.response["Cache-Control"]
        assert visitor.response["Referrer-Policy"] == "same-origin"
        assert visitor.response.request.get("QUERY_STRING", "") == ""
    visitor.sends(consent="on")
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


@pytest.mark.guide(
    "Change any question's words, and say why you ask.",
    "Add questions of your own at the end: they are never required.",
)
def test_editors_word_the_questions_and_add_their_own(visitor, make_therapist, matching_page):
    make_therapist("Ada")
    matching_page.question_wordings.add(
        QuestionWording(question="main_concern", label="What is on your mind?", help_text="Anything.")
    )
    matching_page.extra_questions.add(ExtraQuestion(label="How did you hear of us?"))
    matching_page.save()
    visitor.reaches("concerns")
    assert "What is on your mind? Anything." in visitor.text
    visitor.reaches("contact").finishes()
    assert Enquiry.objects.get().free_text.extra_answers == ()
    visitor.reaches("contact")
    visitor.finishes(extra_0="From a friend")
    told = Enquiry.objects.latest("received_at").free_text.extra_answers
    assert told == (("How did you hear of us?", "From a friend"),)


@pytest.mark.guide(
    "The first seven concerns stand in sight, in the order of their pages; the others are folded.",
    "Put first what people most often bring: open the list of concerns in the explorer and choose Sort menu "
    "order.",
)
def test_the_first_concerns_stand_in_sight_in_the_order_that_editors_give_them(
    visitor, practice, admin_client
):
    concerns = practice.grief.get_parent()
    for number in range(6):
        ConcernPageFactory(parent=concerns, title=f"Concern {number}")

    def shown():
        """Those in sight, and those that are folded."""
        labels = visitor.reaches("concerns").soup.select("label:has([name=main_concern])")
        names = {label: label.get_text(strip=True) for label in labels}
        folded = [name for label, name in names.items() if label.find_parent("details")]
        return [name for name in names.values() if name not in folded], folded

    numbered = [f"Concern {number}" for number in range(6)]
    not_sure = "Something else, or I am not sure"
    assert shown() == (["Grief and loss", "Panic", *numbered[:5], not_sure], numbered[5:])
    last = ConcernPage.objects.get(title="Concern 5")
    explorer = admin_client.get(reverse("wagtailadmin_explore", args=[concerns.pk])).text
    assert "Sort menu order" in explorer
    admin_client.post(f"{reverse('wagtailadmin_pages:set_page_position', args=[last.pk])}?position=0")
    assert shown() == (["Concern 5", "Grief and loss", "Panic", *numbered[:4], not_sure], numbered[4:5])


def test_the_number_of_queries_does_not_grow_with_the_therapists(visitor, make_therapist, practice):
    def queries_of_the_suggestions():
        visitor.reaches("how")
        with CaptureQueriesContext(connection) as captured:
            visitor.sends(**visitor.plain_answers()["how"])
        return len(visitor.suggested), len(captured)

    make_therapist("Ada", therapy=practice.ipt)
    queries_of_the_suggestions()  # warms what is cached for the whole process
    suggested, few = queries_of_the_suggestions()
    assert suggested == 1
    for number in range(25):
        make_therapist(f"Dee {number}", therapy=practice.cbt)
    assert queries_of_the_suggestions() == (5, few)


def test_the_therapists_are_read_anew_once_for_what_is_sent_and_for_no_other_step(
    visitor, make_therapist, practice, epoch
):
    """Thousands of them take seconds. Only the last step stores something that is made of them."""
    make_therapist("Ada", therapy=practice.ipt)

    def steps_that_read_them():
        """Yields the step for each query of the post, or of the page that follows it, that does."""
        visitor.reaches("before")
        for step, answers in visitor.plain_answers().items():
            with CaptureQueriesContext(connection) as captured:
                visitor.sends(**answers)
            yield from [step for query in captured if TherapistConcern._meta.db_table in query["sql"]]

    assert "how" in list(steps_that_read_them())
    assert list(steps_that_read_them()) == ["check"]
