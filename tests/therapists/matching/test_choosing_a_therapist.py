"""Whom a visitor may choose at the step with suggestions."""

import re
from datetime import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories.enquiries import make_matcher
from tests.factories.therapists import ClientGroupFeeFactory, TherapistTherapyFactory
from therapists.enquiries.access.disclosure import disclose
from therapists.enquiries.models import Enquiry
from therapists.enquiries.signed_links import Purpose, token
from therapists.enums import ClientGroup, ConcernLevel, Gender, TrainingLevel

pytestmark = pytest.mark.django_db


def test_someone_who_finds_no_words_for_it_may_ask_as_well(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("concerns").sends(main_concern="other")
    visitor.sends(client_group="individual").sends(formats=["video"])
    assert visitor.suggested == ["Ada"]
    assert "You need not know what to call it." in visitor.text
    assert "A first consultation is possible from" in visitor.text
    visitor.sends(choice="practice").finishes()
    assert Enquiry.objects.get().answers().concerns == ()


def test_no_essential_is_ever_broken(visitor, make_therapist):
    make_therapist("Ada Woman", gender=Gender.WOMAN)
    make_therapist("Ben Man", gender=Gender.MAN, level=ConcernLevel.SPECIALISM)
    make_therapist("Cy Unsaid", level=ConcernLevel.SPECIALISM)
    visitor.reaches("suggestions").refines(genders=["woman"], gender_is_essential="on")
    assert visitor.suggested == ["Ada Woman"]


def test_a_firm_limit_is_eased_only_when_the_visitor_agrees(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("suggestions").refines(slots=["6-evening"], only_these_slots="on")
    assert visitor.suggested == []
    assert "1 more would fit at other times." in visitor.text
    visitor.sends(go="ease-other_times")
    assert visitor.response.status_code == 200
    assert visitor.suggested == ["Ada"]
    assert "Does not work at any of the times you chose." in visitor.text
    visitor.sends(choice="practice").finishes()
    assert Enquiry.objects.get().only_these_slots is False


def test_without_anyone_who_fits_the_visitor_reads_where_else_there_is_help(visitor, matching_page):
    matching_page.no_match_text = "<p>Your GP knows what there is near you.</p>"
    matching_page.save()
    visitor.reaches("suggestions")
    assert "Your GP knows what there is near you." in visitor.text


def test_without_anyone_who_fits_the_enquiry_still_reaches_the_practice(visitor):
    visitor.reaches("suggestions")
    assert visitor.suggested == []
    assert "Today there is no one here who meets everything you told us." in visitor.text
    visitor.sends(choice="practice").finishes()
    assert Enquiry.objects.count() == 1


def test_without_anyone_who_fits_the_visitor_reads_what_could_give_way(visitor, make_therapist):
    """In person and non-binary, both essential, and nobody is both."""
    make_therapist("Ada Nearby", formats=["in_person"], gender=Gender.WOMAN)
    make_therapist("Ben Nearby", formats=["in_person"], gender=Gender.MAN)
    make_therapist("Cy Online", formats=["video"], gender=Gender.NON_BINARY)
    visitor.reaches("how").sends(formats=["in_person"])
    visitor.refines(genders=["non_binary"], gender_is_essential="on")
    assert visitor.suggested == []
    assert "1 person would fit if you could meet in another way." in visitor.text
    assert "2 people would fit if the therapist’s gender were a wish and not essential." in visitor.text
    visitor.sends(go="ease-gender")
    assert sorted(visitor.suggested) == ["Ada Nearby", "Ben Nearby"]
    assert "What could give way" not in visitor.text


@pytest.mark.guide(
    "Whoever comes from a profile is asked two questions and then chooses among that person's times.",
)
def test_from_a_profile_the_therapist_comes_first(visitor, make_therapist, practice):
    for name in ["Ada", "Ben", "Cy"]:
        make_therapist(name, level=ConcernLevel.SPECIALISM)
    asked = make_therapist("Dee", concern=practice.panic)
    asked.availability.windows.update(weekday=5)
    visitor.opens(f"/find-a-therapist/?therapist={asked.slug}")
    visitor.opens(visitor.response["Location"])
    assert visitor.address == f"/find-a-therapist/with/{asked.slug}/"
    assert "You are asking about Dee." in visitor.text
    answers = visitor.plain_answers()
    visitor.sends(**answers["before"]).sends(**answers["who"])
    assert visitor.step == "contact"
    offered = [box["value"] for box in visitor.soup.select("[name=preferred_times]")]
    assert {datetime.fromisoformat(one).weekday() for one in offered} == {5}, "of that person alone"
    # Nothing is hidden: what was taken for granted stands on the last page, and can be changed.
    visitor.sends(**answers["contact"])
    assert "Something else, or I am not sure" in visitor.text
    visitor.opens("/find-a-therapist/suggestions/")
    assert visitor.suggested[0] == "Dee"
    visitor.sends().sends(**answers["check"])
    assert Enquiry.objects.get().chosen_therapist_id == asked.pk


def test_from_a_profile_that_cannot_be_suggested_everything_is_asked(visitor, make_therapist):
    make_therapist("Ada")
    asked = make_therapist("Dee", places=0)
    visitor.opens(f"/find-a-therapist/with/{asked.slug}/")
    answers = visitor.plain_answers()
    visitor.sends(**answers["before"]).sends(**answers["who"])
    assert visitor.step == "concerns"
    visitor.sends(**answers["concerns"]).sends(**answers["how"])
    assert "We cannot suggest Dee for what you told us" in visitor.text
    assert visitor.suggested == ["Ada"]


def test_a_therapist_who_breaks_an_essential_is_not_offered_even_when_asked_about(visitor, make_therapist):
    asked = make_therapist("Dee", gender=Gender.MAN)
    visitor.opens(f"/find-a-therapist/with/{asked.slug}/")
    visitor.sends(**visitor.plain_answers()["before"]).sends(client_group="individual")
    visitor.refines(genders=["woman"], gender_is_essential="on")
    assert visitor.suggested == []
    assert "We cannot suggest Dee for what you told us" in visitor.text
    visitor.sends(choice=str(asked.pk))
    assert visitor.response.status_code == 422


def test_each_tells_their_own_sentence_the_fee_of_this_visitor_and_no_rank(visitor, make_therapist, practice):
    """The fee is that of the people who would come, whatever is the lowest."""
    couples = make_therapist("Ada", therapy=practice.ipt, own_sentence="There is time here.")
    TherapistTherapyFactory(therapist=couples, therapy=practice.cbt, training=TrainingLevel.PARTIAL)
    ClientGroupFeeFactory(therapist=couples, group=ClientGroup.COUPLE, fee=Decimal(95), reduced_fee=None)
    visitor.reaches("who").sends(client_group="couple").sends(formats=["video"])
    [card] = [card.get_text(" ", strip=True) for card in visitor.soup.select(".suggestion")]
    for words in ["There is time here.", "£95", "Why we suggest Ada", "Free first consultation"]:
        assert words in card
    assert "£60" not in card
    assert f"Trained in {practice.ipt.title}" in card
    assert practice.cbt.title not in card
    assert not re.search(r"%|score|points|\b(first|second|third) choice", visitor.text, re.IGNORECASE)


def test_a_therapy_of_which_the_page_was_withdrawn_is_not_named(visitor, make_therapist, practice):
    make_therapist("Ada", therapy=practice.ipt)
    practice.ipt.unpublish()
    visitor.reaches("suggestions")
    assert visitor.suggested == ["Ada"]
    assert practice.ipt.title not in visitor.text


@pytest.mark.parametrize(
    "address", ["?therapist=nobody", "?therapist=%00", "with/nobody/", "?therapist=" + "x" * 3000]
)
def test_a_therapist_who_is_not_there_does_not_stop_anyone(visitor, address):
    visitor.opens(f"/find-a-therapist/{address}")
    if visitor.response.status_code == 302:
        visitor.opens(visitor.response["Location"])
    assert visitor.step == "before"


def test_something_else_stays_the_main_concern_beside_those_that_are_named(
    visitor, make_therapist, practice, client
):
    make_therapist("Ada")
    visitor.reaches("concerns")
    visitor.sends(main_concern="other").sends(client_group="individual").sends(formats=["video"])
    visitor.refines(other_concerns=[str(practice.panic.pk), str(practice.grief.pk)])
    assert "your main concern" not in visitor.text
    visitor.sends(choice="practice").finishes()
    [enquiry] = Enquiry.objects.with_answers()
    assert (enquiry.answers().main_concern, len(enquiry.answers().concerns)) == (None, 2)
    assert enquiry.main_concern_name == ""
    told = ["Something else, or they are not sure", "Panic", "Grief and loss"]
    assert enquiry.named_concerns() == told
    assert disclose(enquiry)["concerns"] == ["Something else, or not sure", *told[1:]]
    client.force_login(make_matcher())
    page = client.get(reverse("enquiries_admin:enquiry", args=[enquiry.pk])).content.decode()
    assert "".join(f"<li>{words}</li>" for words in told) in page
    # It stays so when other answers are changed.
    change = reverse("matching:change", args=[token(Purpose.STATUS, enquiry.pk), "how"])
    client.post(change, {"formats": ["phone"]})
    [enquiry] = Enquiry.objects.with_answers()
    assert (enquiry.answers().formats, enquiry.named_concerns()) == (("phone",), told)
