"""What becomes of a therapist's proposal, whichever way it is published or not, and how they are told."""

from collections.abc import Callable
from email import message_from_string, policy

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow

from tests.therapists.enquiries.conftest import Postbox
from tests.therapists.enquiries.test_delivery import send_all_due
from therapists.enquiries.models import MessageKind, OutgoingMessage
from therapists.enquiries.services.profile_proposals import open_proposals, propose
from therapists.models import TherapistPage
from therapists.profile_changes import Wishes, fees_of, own_concerns

pytestmark = pytest.mark.filterwarnings("ignore:get_connection")  # Wagtail tells moderators

KINDS = [MessageKind.PROPOSAL_TAKEN, MessageKind.PROPOSAL_CHANGED, MessageKind.PROPOSAL_DECLINED]


@pytest.fixture
def admin(client, db):
    client.force_login(User.objects.create_superuser("root", "root@example.org", "secret"))
    return client


def proposes(therapist: TherapistPage, **words: str) -> TherapistPage:
    page = TherapistPage.objects.get(pk=therapist.pk)
    draft = page.get_latest_revision_as_object()
    propose(page, Wishes(words, own_concerns(draft), (), fees_of(draft)), page.latest_revision_id)
    return TherapistPage.objects.get(pk=therapist.pk)


def told() -> list[str]:
    return list(OutgoingMessage.objects.filter(kind__in=KINDS).values_list("kind", flat=True))


def at_once(admin: Client, page: Page) -> None:
    page.get_latest_revision().publish()


def in_bulk(admin: Client, page: Page) -> None:
    address = reverse("wagtail_bulk_action", args=["therapists", "therapistpage", "publish"])
    admin.post(f"{address}?id={page.pk}", {})


def by_the_clock(admin: Client, page: Page) -> None:
    page.revisions.filter(pk=page.latest_revision_id).update(approved_go_live_at=timezone.now())
    call_command("publish_scheduled")


def in_the_workflow(admin: Client, page: Page) -> None:
    Workflow.objects.get(name="Moderators approval").start(page, None)
    state = page.current_workflow_task_state
    admin.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]), {})


WAYS = [at_once, in_bulk, by_the_clock, in_the_workflow]


@pytest.mark.parametrize("way", WAYS)
def test_a_published_proposal_is_settled_and_told_once_whichever_way(
    admin: Client, therapist: TherapistPage, way: Callable[[Client, Page], None]
) -> None:
    page = proposes(therapist, pronouns="they/them")
    page = proposes(page, own_sentence="Begin anywhere.")
    way(admin, page)
    page = TherapistPage.objects.get(pk=page.pk)
    assert (page.pronouns, page.own_sentence) == ("they/them", "Begin anywhere.")
    assert not open_proposals().exists()
    assert told() == [MessageKind.PROPOSAL_TAKEN]
    page.save_revision().publish()
    assert len(told()) == 1


@pytest.mark.guide(
    "Publish the profile, with changes of yours or without; or press Do not take over and say why: the "
    "draft then is what it was before.",
)
@pytest.mark.parametrize("way", WAYS)
def test_what_has_been_changed_is_told_and_what_has_nothing_of_it_leaves_it_open(
    admin: Client, therapist: TherapistPage, way: Callable[[Client, Page], None]
) -> None:
    older = therapist.save_revision()
    page = proposes(therapist, pronouns="they/them", own_sentence="Begin anywhere.")
    other = older.as_object()
    other.about_me = "The practice wrote this."
    other.save_revision()
    way(admin, TherapistPage.objects.get(pk=page.pk))
    assert open_proposals().exists()
    assert told() == []
    part = TherapistPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    part.pronouns = "they/them"
    part.save_revision()
    way(admin, TherapistPage.objects.get(pk=page.pk))
    assert not open_proposals().exists()
    assert told() == [MessageKind.PROPOSAL_CHANGED]


@pytest.mark.guide(
    "Where you publish many pages at once, you are told first which of them hold a proposal that nobody has "
    "read.",
)
def test_who_publishes_many_is_told_which_nobody_has_read(admin: Client, therapist: TherapistPage) -> None:
    for model in (["wagtailcore", "page"], ["therapists", "therapistpage"]):
        address = reverse("wagtail_bulk_action", args=[*model, "publish"]) + f"?id={therapist.pk}"
        assert "Nobody has read it yet" not in admin.get(address).text
    proposes(therapist, pronouns="they/them")
    day = timezone.localdate().strftime("%-d %B %Y")
    words = f"{therapist.title} proposed a change on {day}, by the link to their own page."
    for model in (["wagtailcore", "page"], ["therapists", "therapistpage"]):
        address = reverse("wagtail_bulk_action", args=[*model, "publish"]) + f"?id={therapist.pk}"
        assert words in admin.get(address).text
    # Below what is published with all its drafts, too.
    above = therapist.get_parent()
    TherapistPage.objects.filter(pk=therapist.pk).update(live=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={above.pk}"
    assert words in admin.get(address).text


@pytest.mark.guide(
    "Publish the profile, with changes of yours or without; or press Do not take over and say why: the "
    "draft then is what it was before.",
)
@pytest.mark.parametrize("found_a_draft", [True, False])
def test_who_is_declined_reads_why_and_no_draft_keeps_it(
    admin: Client, therapist: TherapistPage, found_a_draft: bool
) -> None:
    if found_a_draft:
        therapist.about_me = "A draft of the practice."
        therapist.save_revision()
    page = proposes(therapist, pronouns="they/them")
    task = open_proposals().get()
    address = reverse("decline_proposal", args=[task.pk])
    assert address in admin.get(reverse("wagtailadmin_home")).text
    assert "required" in admin.post(address, {"answer": " "}).text
    assert admin.post(address, {"answer": "Please ring us about it."}).status_code == 302
    admin.post(address, {"answer": "Again."})
    assert admin.get(address).status_code == 404
    draft = TherapistPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.pronouns, draft.about_me) == ("", therapist.about_me)
    assert TherapistPage.objects.get(pk=page.pk).has_unpublished_changes == found_a_draft
    assert told() == [MessageKind.PROPOSAL_DECLINED]


def test_done_alone_leaves_no_therapist_without_an_answer(admin: Client, therapist: TherapistPage) -> None:
    proposes(therapist, pronouns="they/them")
    admin.post(reverse("diaries:task_done", args=[open_proposals().get().pk]))
    assert open_proposals().exists()


@pytest.mark.guide("They get an e-mail of what became of it.")
def test_the_letters_arrive_in_plain_words(admin: Client, therapist: TherapistPage, postbox: Postbox) -> None:
    page = proposes(therapist, pronouns="they/them")
    at_once(admin, page)
    page = proposes(page, pronouns="she/her", own_sentence="Begin anywhere.")
    draft = page.get_latest_revision_as_object()
    draft.own_sentence = "Begin where you are."
    draft.save_revision().publish()
    proposes(page, pronouns="xx")
    admin.post(
        reverse("decline_proposal", args=[open_proposals().get().pk]), {"answer": "<b>Please</b> ring."}
    )
    send_all_due()
    letters = [message_from_string(text, policy=policy.default) for text in postbox.texts()]
    plain = [letter.get_body(("plain",)).get_content() for letter in letters]
    assert [letter["To"] for letter in letters] == [therapist.private.offer_email] * 3
    for words, body in zip(
        ["as you wrote it.", "Not everything is as you wrote it", "have not taken it over"],
        plain,
        strict=True,
    ):
        assert words in body
        assert therapist.full_url in body
    assert "<b>Please</b> ring." in plain[2]
    assert "&lt;b&gt;Please&lt;/b&gt; ring." in letters[2].get_body(("html",)).get_content()
    send_all_due()
    assert len(postbox.envelopes) == 3
