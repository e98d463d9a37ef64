import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from tests.factories.enquiries import introduce, make_matcher, offer_to
from therapists.enquiries.access.disclosure import disclose
from therapists.enquiries.answers import RankedTherapist, SuggestionRun
from therapists.enquiries.enums import State
from therapists.enquiries.models import (
    AccessLogEntry,
    ConsultationOutcome,
    DeclineReason,
    Enquiry,
    FollowUp,
    FollowUpKind,
    MessageKind,
    OfferState,
    ReadingKind,
    Side,
    StoredProposalRun,
)
from therapists.enquiries.services.consultations import propose
from therapists.enquiries.services.lateness import escalate_late
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.notes import write_note, write_reply
from therapists.enquiries.services.offers import accept, decline
from therapists.enquiries.services.retention import place_hold
from therapists.enquiries.services.submit import store_suggestions


@pytest.fixture
def team(client, matcher):
    client.force_login(matcher)
    return client


def act(client, enquiry, action, **values):
    data = {f"{action}-{name}": value for name, value in values.items()}
    return client.post(reverse("enquiries_admin:action", args=[enquiry.pk, action]), data)


@pytest.mark.guide("Matching team: read and answer enquiries, and look at profiles and diaries.")
def test_the_whole_way_of_a_matcher(team, enquiry, candidates):
    assert act(team, enquiry, "move", to="review").status_code == 302
    shortlist = {"first": candidates[1].pk, "second": candidates[0].pk}
    assert act(team, enquiry, "shortlist", **shortlist).status_code == 422
    assert act(team, enquiry, "shortlist", **shortlist, reason="Knows it well.").status_code == 302
    assert act(team, enquiry, "offer").status_code == 302
    offer = enquiry.offers.get()
    assert (offer.therapist, offer.state) == (candidates[1], OfferState.LIVE)
    accept(offer.pk)
    assert act(team, enquiry, "release").status_code == 302
    enquiry.refresh_from_db()
    assert enquiry.state == State.INTRODUCED
    assert enquiry.messages.filter(kind=MessageKind.INTRODUCTION).exists()


def test_two_matchers_at_once(team, enquiry, candidates):
    move(enquiry.pk, State.REVIEW)
    act(team, enquiry, "shortlist", first=candidates[0].pk, reason="Fits.")
    assert act(team, enquiry, "offer").status_code == 302
    second = act(team, enquiry, "offer")
    assert second.status_code == 422
    assert "Someone moved this enquiry meanwhile" in second.content.decode()
    assert enquiry.offers.count() == 1


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("move", {"to": "introduced"}),
        ("move", {"to": "nowhere"}),
        ("move", {}),
        ("shortlist", {"first": 999_999}),
        ("shortlist", {}),
        ("note", {"text": ""}),
        ("note", {"text": "x" * 4001}),
        ("assign", {"owner": 999_999}),
        ("hold", {"reason": ""}),
        ("erase", {}),
        ("release", {}),
        ("task", {"task": 999_999}),
        ("task", {"task": "x"}),
    ],
)
def test_what_cannot_be_done_changes_nothing(team, enquiry, action, values):
    response = act(team, enquiry, action, **values)
    assert response.status_code == 422
    assert "Nothing was changed" in response.content.decode()
    assert Enquiry.objects.get().state == State.RECEIVED


def test_what_was_typed_stays(team, enquiry):
    response = act(team, enquiry, "move", to="nowhere", reason="A long story.")
    assert "A long story." in response.content.decode()


def test_an_unknown_action_is_refused_and_a_get_leads_to_the_page(team, enquiry):
    unknown = reverse("enquiries_admin:action", args=[enquiry.pk, "explode"])
    assert {team.get(unknown).status_code, act(team, enquiry, "explode").status_code} == {404}
    page = reverse("enquiries_admin:enquiry", args=[enquiry.pk])
    for address in (
        reverse("enquiries_admin:action", args=[enquiry.pk, "erase"]),
        reverse("enquiries_admin:disclosure", args=[enquiry.pk]),
    ):
        assert team.get(address).url == page
    assert Enquiry.objects.exists()
    assert not AccessLogEntry.objects.exists()


def test_notes_owners_tasks_and_holds(team, enquiry, matcher):
    other = make_matcher("other")
    task = FollowUp.objects.create(enquiry=enquiry, kind=FollowUpKind.NOT_SAFE_TO_EMAIL)
    assert act(team, enquiry, "note", text="Called, no answer.").status_code == 302
    assert act(team, enquiry, "assign", owner=other.pk).status_code == 302
    assert act(team, enquiry, "task", task=task.pk).status_code == 302
    assert act(team, enquiry, "hold", reason="A court asked.").status_code == 302
    assert act(team, enquiry, "erase", confirm="on").status_code == 422
    assert act(team, enquiry, "lift").status_code == 302
    page = team.get(reverse("enquiries_admin:enquiry", args=[enquiry.pk])).content.decode()
    assert "Called, no answer." in page
    enquiry.refresh_from_db()
    assert enquiry.owner == other
    task.refresh_from_db()
    assert task.done_by == matcher
    assert act(team, enquiry, "erase", confirm="on").url == reverse("enquiries_admin:inbox")
    assert not Enquiry.objects.exists()


def test_every_form_may_be_sent_from_its_page(team, enquiry):
    """Without its token a browser is turned away, which the test client does not notice."""
    for about in (enquiry, None):
        FollowUp.objects.create(enquiry=about, kind=FollowUpKind.NOT_SAFE_TO_EMAIL)
    for address in (
        reverse("enquiries_admin:inbox"),
        reverse("enquiries_admin:enquiry", args=[enquiry.pk]),
    ):
        main = BeautifulSoup(team.get(address).content, "html.parser").select_one("main")
        forms = main.select("form[method=post]")
        assert any("task" in form["action"] for form in forms)
        for form in forms:
            assert form.select_one("[name=csrfmiddlewaretoken]"), form["action"]


def test_someone_outside_the_team_cannot_own_one(team, enquiry, django_user_model):
    outsider = django_user_model.objects.create_user("outsider")
    assert act(team, enquiry, "assign", owner=outsider.pk).status_code == 422


def test_no_match_is_told_to_the_visitor(team, enquiry):
    for state in ("review", "no_match", "waitlist"):
        act(team, enquiry, "move", to=state)
    enquiry.refresh_from_db()
    assert enquiry.first_reply_at is not None
    assert enquiry.messages.filter(kind=MessageKind.UPDATE).count() == 1


def test_a_copy_for_the_person_is_complete_and_logged(team, enquiry):
    act(team, enquiry, "note", text="Called.")
    response = team.post(reverse("enquiries_admin:disclosure", args=[enquiry.pk]))
    copy = json.loads(response.content)
    assert copy["contact"]["email"] == "sam@example.org"
    assert copy["concerns"] == ["Grief and loss"]
    assert copy["in your own words"]["message"] == "Hello."
    assert copy["notes of the practice"][0]["text"] == "Called."
    assert AccessLogEntry.objects.filter(reading=ReadingKind.DISCLOSURE).count() == 1
    assert "no-store" in response["Cache-Control"]


#: What hangs on an enquiry and is in the copy. Something new has to be put there too.
IN_THE_COPY = {
    "approaches": "answers",
    "changes": "what happened",
    "concerns": "concerns",
    "consultations": "consultations",
    "escalations": "reminders that it was late",
    "follow_ups": "tasks",
    "legal_holds": "legal holds",
    "messages": "e-mails",
    "notes": "notes of the practice",
    "offers": "offers",
    "outcome_reports": "what became of it",
    "overrides": "why otherwise than suggested",
    "preferred_times": "answers",
    "proposals": "whom we thought of asking",
    "replies": "what we wrote to you",
    "shortlist": "therapists to ask, in order",
    "slots": "answers",
    "suggestion_runs": "suggestions",
}


def test_all_that_hangs_on_an_enquiry_is_in_the_copy(enquiry, candidates, matcher, make_all_there_is):
    relations = {relation.get_accessor_name() for relation in Enquiry._meta.related_objects}
    assert relations == set(IN_THE_COPY)
    copy = disclose(make_all_there_is(enquiry, candidates, matcher))
    for name in IN_THE_COPY.values():
        assert copy[name], name
    words = json.dumps(copy, default=str)
    for written in (
        "A court asked.",
        "They fit.",
        "Mondays only.",
        "Called.",
        "We look on.",
        "We both think so.",
        "Too far away.",
    ):
        assert written in words


@pytest.fixture
def make_all_there_is():
    """Walks an enquiry along, so that there is something of each kind."""

    def make(enquiry, candidates, matcher):
        store_suggestions(
            enquiry,
            SuggestionRun("1", timezone.localdate(), "0" * 64, (RankedTherapist(candidates[1].pk, 80.0),)),
        )
        run = StoredProposalRun.objects.create(as_of=timezone.localdate(), waiting=1, total=1)
        run.proposals.create(enquiry=enquiry, therapist=candidates[0], reason="Too far away.")
        write_note(enquiry.pk, "Called.", matcher)
        write_reply(enquiry.pk, "We look on.", matcher)
        place_hold(enquiry.pk, "A court asked.", matcher)
        FollowUp.objects.create(enquiry=enquiry, kind=FollowUpKind.READ_FOR_SAFETY)
        Enquiry.objects.update(deadline=timezone.now() - timedelta(days=9))
        escalate_late()
        offer = offer_to(enquiry, candidates[0], matcher)
        decline(offer.pk, DeclineReason.TIMES, "Mondays only.")
        introduced = introduce(Enquiry.objects.get(pk=enquiry.pk), candidates[1], matcher)
        propose(enquiry.pk, [timezone.now() + timedelta(days=3)])
        report = {"side": Side.VISITOR, "outcome": ConsultationOutcome.MET, "words": "We both think so."}
        introduced.outcome_reports.create(**report)
        return introduced

    return make


def test_the_export_tells_where_they_stand_and_is_logged(team, enquiry):
    response = team.post(reverse("enquiries_admin:export"))
    text = response.content.decode()
    assert enquiry.reference in text
    assert "Sam" not in text
    assert AccessLogEntry.objects.filter(reading=ReadingKind.EXPORT).count() == 1
    assert team.get(reverse("enquiries_admin:export")).url == reverse("enquiries_admin:inbox")
    assert AccessLogEntry.objects.filter(reading=ReadingKind.EXPORT).count() == 1


@pytest.mark.parametrize("name", ["reports", "export"])
@pytest.mark.parametrize("is_superuser", [True, False])
def test_reports_are_for_the_team(client, django_user_model, enquiry, name, is_superuser):
    user = django_user_model.objects.create_user("someone", is_superuser=is_superuser, is_staff=True)
    client.force_login(user)
    address = reverse(f"enquiries_admin:{name}")
    for response in (client.get(address), client.post(address)):
        assert response.status_code in ({404} if is_superuser else {302, 404})
    assert not AccessLogEntry.objects.exists()


def test_an_administrator_looks_and_does_not_act(client, django_user_model, enquiry):
    administrator = django_user_model.objects.create_user("administrator", is_superuser=True)
    client.force_login(administrator)
    form_page = reverse("enquiries_admin:break_glass", args=[enquiry.pk])
    client.post(form_page, {"reason": "The whole team is ill today"})
    assert act(client, enquiry, "erase", confirm="on").status_code == 404
    assert client.post(reverse("enquiries_admin:disclosure", args=[enquiry.pk])).status_code == 404
