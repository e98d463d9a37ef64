"""A therapist proposes a change of their profile by a link: a draft that a person publishes, or does not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Workflow

from tests.factories.therapists import TherapistConcernFactory
from therapists.enquiries.public import profile_proposal
from therapists.enquiries.signed_links import therapist_token
from therapists.enums import ConcernLevel
from therapists.models import DiaryTask, DiaryTaskKind, TherapistPage

OPEN = {"kind": DiaryTaskKind.PROPOSED, "done_at": None}


@pytest.fixture
def own(therapist):
    token = therapist_token(therapist.private)
    return lambda name: reverse(f"enquiries:{name}", args=[token])


@pytest.fixture
def manager(db):
    user = User.objects.create_user("pia", "pia@example.org", "secret")
    user.groups.add(Group.objects.get(name="Profile manager"))
    return user


def filled_in(client, address):
    """What a browser sends of the form as it is opened."""
    form = BeautifulSoup(client.get(address).content, "html.parser").select_one("main form")
    sent = {}
    for field in form.select("input[name], textarea[name]"):
        if field.name == "textarea":
            sent[field["name"]] = field.text.lstrip("\n").replace("\n", "\r\n")
        elif field.get("type") != "checkbox":
            sent[field["name"]] = field.get("value", "")
        elif field.has_attr("checked"):
            sent.setdefault(field["name"], []).append(field["value"])
    return sent


@pytest.mark.guide(
    "There they can also propose a change of their profile: their words, how and in which languages they "
    "meet, concerns and fees.",
    "It is a draft, and Diaries and profiles to look after, on the front page of the admin, leads to What "
    "would change.",
    "Until then visitors see the profile as it was.",
)
def test_a_proposal_is_a_draft_until_a_manager_publishes_it(
    client, own, therapist, enquiries_practice, manager
):
    TherapistPage.objects.filter(pk=therapist.pk).update(how_i_work="Slowly.\r\nAnd with care.")
    address, grief = own("therapist_profile"), enquiries_practice.grief
    TherapistConcernFactory.create(therapist=therapist, concern=grief, level=ConcernLevel.DOES_NOT_TAKE)
    sent = filled_in(client, address)
    unchanged = client.post(address, sent)
    assert unchanged.status_code == 422
    assert "Nothing is different" in unchanged.text
    assert not therapist.revisions.exists()

    sent |= {"own_sentence": "<b>Begin</b> anywhere.", "languages": ["en", "pl"], "fee_couple": "90"}
    sent |= {"does_not_take": [], "works_with": [str(grief.pk)]}
    assert client.post(address, sent).url == own("therapist")

    page = TherapistPage.objects.get(pk=therapist.pk)
    assert (page.live, page.own_sentence, page.languages) == (True, "", ["en"])
    assert "Begin" not in client.get(page.url).text
    draft = page.get_latest_revision_as_object()
    assert (draft.own_sentence, draft.languages) == ("<b>Begin</b> anywhere.", ["en", "pl"])
    assert draft.how_i_work == "Slowly.\r\nAnd with care."
    assert {row.group: row.fee for row in draft.fees.all()} == {"individual": 60, "couple": Decimal(90)}
    assert [(row.concern_id, row.level) for row in draft.concerns.all()] == [(grief.pk, "works_with")]
    assert draft.registrations.count() == page.registrations.count() == 1
    told = client.get(own("therapist")).text
    assert "You proposed a change on" in told
    entry = PageLogEntry.objects.get(action="therapists.propose", page=page.pk)
    assert entry.user is None
    assert set(entry.data["fields"]) == {"own_sentence", "languages", "fees", "concerns"}

    # What they proposed is where they go on from, and a second proposal makes no second task.
    again = filled_in(client, address)
    assert again["own_sentence"] == "<b>Begin</b> anywhere."
    client.post(address, again | {"pronouns": "she/her"})
    assert DiaryTask.objects.filter(**OPEN).count() == 1

    client.force_login(manager)
    home = client.get(reverse("wagtailadmin_home")).text
    compared = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])
    assert compared in home
    assert "Polish" in client.get(compared).text or "pl" in client.get(compared).text
    page.refresh_from_db()
    page.get_latest_revision().publish(user=manager)
    assert not DiaryTask.objects.filter(**OPEN).exists()
    client.logout()
    shown = client.get(page.url).text
    assert "&lt;b&gt;Begin&lt;/b&gt; anywhere." in shown
    assert "You proposed a change" not in client.get(own("therapist")).text


@pytest.mark.guide(
    "What you checked yourselves they cannot propose, nor anything while the profile is locked or handed in.",
)
def test_what_cannot_be_is_told_at_its_field(client, own, therapist, enquiries_practice):
    address, grief = own("therapist_profile"), str(enquiries_practice.grief.pk)
    sent = filled_in(client, address)
    cases = {
        "Choose at least one way to meet.": {"formats": []},
        "Choose at least one language.": {"languages": []},
        "in which town": {"formats": ["in_person"], "location": ""},
        "Give at least one fee": {"fee_individual": ""},
        "Give the full fee too": {"reduced_couple": "20"},
        "This is not below the full fee": {"fee_individual": "60", "reduced_individual": "60"},
        "that you also work with": {"works_with": [grief], "does_not_take": [grief]},
        "Select a valid choice": {"works_with": ["999999"]},
        "at most 120 characters": {"own_sentence": "x" * 121},
    }
    for words, wrong in cases.items():
        response = client.post(address, sent | wrong)
        assert (response.status_code, words in response.text) == (422, True), words
        assert "<title>Error:" in response.text
    assert not therapist.revisions.exists()
    # What only the practice may say is not taken, whatever is sent.
    client.post(address, sent | {"title": "Dr Somebody Else", "is_sample": "", "own_sentence": "Hello."})
    draft = TherapistPage.objects.get(pk=therapist.pk).get_latest_revision_as_object()
    assert (draft.title, draft.own_sentence) == (therapist.title, "Hello.")


@pytest.mark.guide(
    "What you checked yourselves they cannot propose, nor anything while the profile is locked or handed in.",
)
def test_a_proposal_is_in_nobodys_way(client, own, therapist, manager, monkeypatch):
    address = own("therapist_profile")
    sent = filled_in(client, address) | {"pronouns": "they/them"}
    therapist.own_sentence = "The practice wrote this."
    therapist.save_revision()
    stale = client.post(address, sent)
    assert "changed your profile while you wrote" in stale.text
    assert therapist.revisions.count() == 1

    # Approving what was handed in would publish the newest draft with it.
    Workflow.objects.get(name="Moderators approval").start(
        TherapistPage.objects.get(pk=therapist.pk), manager
    )
    assert "is working on your profile" in client.get(address).text
    assert "is working on your profile" in client.post(address, filled := sent | {"began_with": ""}).text
    therapist.current_workflow_state.cancel(manager)
    TherapistPage.objects.filter(pk=therapist.pk).update(locked=True)
    assert "is working on your profile" in client.post(address, filled).text
    assert therapist.revisions.count() == 1
    TherapistPage.objects.filter(pk=therapist.pk).update(locked=False)

    # An older draft that is published at its time leaves the proposal open.
    older = therapist.revisions.get()
    client.post(address, filled_in(client, address) | {"pronouns": "they/them"})
    older.publish()
    assert DiaryTask.objects.filter(**OPEN).exists()
    assert TherapistPage.objects.get(pk=therapist.pk).pronouns == ""

    monkeypatch.setattr(profile_proposal, "MOST_IN_A_DAY", 2)
    cache.clear()
    answers = [
        client.post(address, filled_in(client, address) | {"location": f"Town {n}"}).status_code
        for n in range(3)
    ]
    assert answers == [302, 302, 429]


@pytest.mark.guide("Press End the links beside their private record, and send a new one.")
def test_the_link_is_kept_by_nobody_and_can_be_ended(client, own, therapist, manager):
    address = own("therapist_profile")
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert (response["X-Robots-Tag"], response["Referrer-Policy"]) == ("noindex, nofollow", "same-origin")
    record = therapist.private
    end = reverse("private-records:end_links", args=[record.pk])
    client.force_login(manager)
    assert end in client.get(reverse("private-records:index")).text
    assert client.get(end).status_code in (302, 405)
    client.post(end)
    record.refresh_from_db()
    assert record.links_ended_at is not None
    later = therapist_token(record, timezone.now() + timedelta(seconds=1))
    of_before = therapist_token(record, timezone.now() - timedelta(minutes=1))
    client.logout()
    for name in ("therapist", "therapist_profile"):
        assert client.get(reverse(f"enquiries:{name}", args=[of_before])).status_code == 404
        assert client.get(reverse(f"enquiries:{name}", args=[later])).status_code == 200
    stranger = User.objects.create_user("edie", "edie@example.org", "secret")
    stranger.groups.add(Group.objects.get(name="Content editor"))
    client.force_login(stranger)
    client.post(end)
    assert client.get(reverse("enquiries:therapist", args=[later])).status_code == 200
