"""A review is of words: readers are told what is true of those that they read, whichever way these came."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import GroupPagePermission, Locale, Page, Revision, TaskState, Workflow, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from core.models import ClinicalReview, ReviewDigest, Reviewer, SignOff
from core.reviews.digests import ReviewDigestSender, write_digests
from core.reviews.kinds_of_change import KindOfChange
from core.reviews.review_lines import ReviewLine, line_of
from core.reviews.signing import sign_off
from core.tasks import write_review_digests
from home.models import InfoPage
from new_practice.loading.publishing import Review, publish
from tests.factories.home import InfoPageFactory, ReviewerFactory, make_site

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_connection"),  # Wagtail tells moderators
]
TODAY = timezone.localdate()
SIGNED = TODAY - timedelta(days=70)
DUE = TODAY + timedelta(days=290)
NEW_WORDS = "Other words than anyone has read."


@pytest.fixture(scope="module")
def site(module_database: None, django_db_blocker: DjangoDbBlocker) -> SimpleNamespace:
    with django_db_blocker.unblock():
        home = make_site()
        page = InfoPageFactory(parent=home, slug="fees", live=False)
        clinician = User.objects.create_user("clinician", "clinician@example.org", "password")
        clinician.groups.add(Group.objects.get(name="Clinical reviewer"))
        reviewer = ReviewerFactory(account=clinician)
        revision = page.save_revision()
        sign_off(page, revision, reviewer, reviewed_on=SIGNED, next_due=DUE)
        revision.publish()
        admin = User.objects.create_superuser("admin", "admin@example.org", "password")
        return SimpleNamespace(pk=page.pk, clinician=clinician, reviewer=reviewer, admin=admin)


@pytest.fixture
def page(site: SimpleNamespace) -> InfoPage:
    return InfoPage.objects.get(pk=site.pk)


def line(page: Page) -> ReviewLine:
    return line_of(InfoPage.objects.get(pk=page.pk))


def drafted(page: InfoPage, kind_of_change: str = "", words: str = NEW_WORDS) -> Revision:
    draft = page.get_latest_revision_as_object()
    draft.summary = words
    draft.kind_of_change = kind_of_change
    return draft.save_revision()


def in_bulk(admin: Client, page: Page) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin.post(f"{address}?id={page.pk}", {})


def by_schedule(admin: Client, page: Page) -> None:
    page.revisions.filter(pk=page.latest_revision_id).update(approved_go_live_at=timezone.now())
    call_command("publish_scheduled")


def in_the_workflow(admin: Client, page: Page) -> None:
    Workflow.objects.get(name="Moderators approval").start(page, None)
    state = page.current_workflow_task_state
    admin.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]), {})


def unpublished_and_published_again(admin: Client, page: Page) -> None:
    page.unpublish()
    page.latest_revision.publish()


def at_once(admin: Client, page: Page) -> None:
    page.latest_revision.publish()


WAYS = [at_once, in_bulk, by_schedule, in_the_workflow, unpublished_and_published_again]


@pytest.mark.guide(
    "Where nobody answered, such as for many at once, it needs review: you are told so before and after, "
    "and when it is scheduled so.",
)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("answer", ["", KindOfChange.SMALL])
def test_other_words_are_not_reviewed_whichever_way_they_are_published(
    client: Client, site: SimpleNamespace, page: InfoPage, way: Callable[[Client, Page], None], answer: str
) -> None:
    client.force_login(site.admin)
    drafted(page, answer)
    assert line(page).awaits_review_since is None
    way(client, InfoPage.objects.get(pk=page.pk))
    now = line(page)
    assert InfoPage.objects.get(pk=page.pk).summary == NEW_WORDS
    assert (now.last_reviewed, now.reviewer_id) == (SIGNED, site.reviewer.pk)
    if answer:
        assert (now.corrected_on, now.awaits_review_since, now.next_review_due) == (TODAY, None, DUE)
    else:
        assert (now.corrected_on, now.awaits_review_since, now.next_review_due) == (None, TODAY, TODAY)
    assert InfoPage.objects.get(pk=page.pk).is_review_overdue == (not answer)


@pytest.mark.guide("Go back to words that were signed off, and their review stands again.")
def test_whoever_goes_back_to_reviewed_words_has_them_reviewed_again(page: InfoPage) -> None:
    first, before = page.latest_revision, line(page)
    drafted(page).publish()
    assert line(page) != before
    first.as_object().save_revision(previous_revision=first).publish()
    assert line(page) == before


@pytest.mark.guide("Nobody types who reviewed a page and when.")
def test_a_draft_of_before_brings_no_review_back(site: SimpleNamespace, page: InfoPage) -> None:
    """The line belongs to the page: what a revision holds of it, typed or old, is nothing."""
    draft = drafted(page)
    draft.content |= {"last_reviewed": str(TODAY), "next_review_due": "2030-01-01"}
    draft.save()
    draft.publish()
    assert (line(page).last_reviewed, line(page).awaits_review_since) == (SIGNED, TODAY)


@pytest.mark.guide("A copy and a translation start without.")
def test_a_copy_and_a_translation_are_of_nobodys_review_and_an_alias_has_the_same(page: InfoPage) -> None:
    alias = page.create_alias(update_slug="alias", parent=page.get_parent())
    assert line(alias) == line(page)
    copied = page.copy(update_attrs={"slug": "copy"}, keep_live=True)
    translated = page.copy_for_translation(Locale.objects.create(language_code="cy"), copy_parents=True)
    translated.save_revision().publish()
    assert line(copied) == line(translated) == ReviewLine()
    drafted(page).publish()
    assert line(alias).awaits_review_since == TODAY


def test_an_import_brings_a_review_once_for_the_words_that_came_with_it(site: SimpleNamespace) -> None:
    page = InfoPageFactory(parent=Page.objects.get(slug="practice"), slug="imported", live=False)
    review = Review(site.reviewer, SIGNED, DUE)
    publish(page, {"summary": "As it was read."}, review=review)
    assert line(page) == ReviewLine(
        SIGNED, site.reviewer.pk, DUE, InfoPage.objects.get(pk=page.pk).live_revision_id
    )
    publish(InfoPage.objects.get(pk=page.pk), {"summary": NEW_WORDS}, review=review)
    assert line(page).awaits_review_since == TODAY
    publish(InfoPage.objects.get(pk=page.pk), {}, review=Review(site.reviewer, TODAY, DUE))
    assert (line(page).last_reviewed, line(page).awaits_review_since) == (TODAY, None)


def test_an_answer_is_of_one_change(site: SimpleNamespace, page: InfoPage) -> None:
    drafted(page, KindOfChange.SMALL).publish()
    publish(InfoPage.objects.get(pk=page.pk), {"summary": "An import says otherwise."})
    assert line(page).awaits_review_since == TODAY


@pytest.mark.guide(
    "Where nobody answered, such as for many at once, it needs review: you are told so before and after, "
    "and when it is scheduled so.",
)
@pytest.mark.parametrize("way", [in_bulk, in_the_workflow])
def test_who_publishes_without_being_asked_is_told_before_and_after(
    client: Client, site: SimpleNamespace, page: InfoPage, way: Callable[[Client, Page], None]
) -> None:
    client.force_login(site.admin)
    drafted(page)
    page = InfoPage.objects.get(pk=page.pk)
    before = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}"
    if way is in_the_workflow:
        Workflow.objects.get(name="Moderators approval").start(page, None)
        before = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Nobody said whether its change is a small correction" in client.get(before).text
    if way is in_the_workflow:
        page.current_workflow_state.cancel(user=site.admin)
    way(client, InfoPage.objects.get(pk=page.pk))
    told = client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).text
    assert told.count("nobody said whether the change is a small correction") == 1
    assert "Nobody said whether" not in client.get(before).text


@pytest.mark.guide(
    "Where nobody answered, such as for many at once, it needs review: you are told so before and after, "
    "and when it is scheduled so.",
)
@pytest.mark.parametrize("way", [in_bulk, in_the_workflow])
def test_who_schedules_without_being_asked_is_told_and_readers_are_at_its_time(
    client: Client, site: SimpleNamespace, page: InfoPage, way: Callable[[Client, Page], None]
) -> None:
    client.force_login(site.admin)
    draft = drafted(page).as_object()
    draft.go_live_at = timezone.now() + timedelta(days=2)
    later = draft.save_revision()
    way(client, InfoPage.objects.get(pk=page.pk))
    told = client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).text
    assert told.count("so from that day readers are told that it awaits a review") == 1
    assert line(page).awaits_review_since is None
    later.refresh_from_db()
    assert later.approved_go_live_at
    later.approved_go_live_at = now = timezone.now()
    later.content |= {"go_live_at": now.isoformat()}
    later.save()
    call_command("publish_scheduled")
    assert InfoPage.objects.get(pk=page.pk).summary == NEW_WORDS
    assert line(page).awaits_review_since == TODAY


def answers(page: Page, **changes: str) -> dict[str, str]:
    usual = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "other_words": "",
        "body": streamfield([]),
        "comments": inline_formset([]),
        "action-publish": "yes",
    }
    return nested_form_data(usual | changes)


@pytest.mark.guide(
    "Nobody types who reviewed a page and when.",
    "When you hand in or publish other words than those that were reviewed, the buttons ask: a small "
    "correction, or does it need review?",
)
def test_whoever_publishes_other_words_is_asked_what_they_are(
    client: Client, site: SimpleNamespace, page: InfoPage
) -> None:
    client.force_login(site.admin)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.post(address, answers(page)).status_code == 302  # the same words
    response = client.post(address, answers(page, summary=NEW_WORDS, last_reviewed=str(TODAY)))
    assert "kind_of_change" in response.context["form"].errors
    response = client.post(address, answers(page, summary=NEW_WORDS, kind_of_change="small"))
    assert response.status_code == 302
    assert (line(page).last_reviewed, line(page).corrected_on) == (SIGNED, TODAY)
    drafted(InfoPage.objects.get(pk=page.pk), words="A third draft.")
    response = client.post(address, answers(page, summary="A third draft."))
    assert "kind_of_change" in response.context["form"].errors  # of what was saved before, too


def test_whoever_approves_a_draft_as_it_is_is_not_asked_again(
    client: Client, site: SimpleNamespace, page: InfoPage
) -> None:
    drafted(page, KindOfChange.SMALL)
    client.force_login(site.admin)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    other = answers(page, summary="Yet other words.")
    assert "kind_of_change" in client.post(address, other).context["form"].errors
    assert client.post(address, answers(page, summary=NEW_WORDS)).status_code == 302
    assert (line(page).last_reviewed, line(page).corrected_on) == (SIGNED, TODAY)


@pytest.mark.guide(
    "Privacy words: read the page, make it true, publish it, and sign it off under Review.",
    "A Clinical reviewer signs the saved draft off in the Review tab, or by approving it in the workflow "
    "Clinical review: therapies and comparisons with their facts, and concerns, are handed in to it.",
    "To sign off, they need an account in the name of a reviewer, under Facts → Reviewers, with the "
    "credentials that readers see.",
)
def test_only_the_role_with_credentials_signs_off(
    client: Client, site: SimpleNamespace, page: InfoPage
) -> None:
    revision = drafted(page)
    address = reverse("sign_off", args=[page.pk, revision.pk])
    moderator = User.objects.create_user("moderator", "moderator@example.org", "password")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    Reviewer.objects.create(name="Moderator", credentials="of this and that", account=moderator)
    client.force_login(moderator)
    assert client.post(address, {"next_due": DUE}).status_code == 302
    client.force_login(site.admin)  # has the right, and no credentials
    assert "in no reviewer" in client.get(address).content.decode()
    client.post(address, {"next_due": DUE})
    assert SignOff.objects.filter(page=page.pk).count() == 1
    client.force_login(site.clinician)
    assert "36 months" in client.post(address, {"next_due": date(2040, 1, 1)}).content.decode()
    assert (
        "Sign off the saved draft"
        in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    )
    assert client.post(address, {"next_due": DUE}).status_code == 302
    assert line(page).last_reviewed == SIGNED  # readers read other words still
    revision.publish()
    assert line(page) == ReviewLine(TODAY, site.reviewer.pk, DUE, revision.pk)


@pytest.mark.guide("Add the step Clinical review to other workflows under Settings → Workflows.")
def test_the_approval_of_a_clinical_review_is_a_sign_off(
    client: Client, site: SimpleNamespace, page: InfoPage
) -> None:
    workflow = Workflow.objects.create(name="Health")
    WorkflowTask.objects.create(workflow=workflow, task=ClinicalReview.objects.get())
    revision = drafted(page)
    page = InfoPage.objects.get(pk=page.pk)
    workflow.start(page, None)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk]
    )
    client.force_login(site.admin)
    client.post(address, {})
    with pytest.raises(PermissionDenied):  # whose second press on the step before came late
        page.current_workflow_task.on_action(page.current_workflow_task_state, site.admin, "approve")
    assert not SignOff.objects.filter(revision=revision).exists()
    assert page.current_workflow_task_state.status == TaskState.STATUS_IN_PROGRESS
    client.force_login(site.clinician)
    client.post(address, {})
    assert SignOff.objects.get(revision=revision).signed_by == site.clinician
    assert line(page).last_reviewed == TODAY
    assert line(page).reviewed_revision_id == revision.pk


@pytest.mark.guide(
    "A clinician who signs off in the workflow is not asked, though they mended the words: signing off is "
    "the review.",
)
@pytest.mark.parametrize("saves_first", [False, True])
def test_a_clinician_who_mends_words_and_signs_them_off_is_not_asked_what_they_are(
    client: Client, site: SimpleNamespace, page: InfoPage, saves_first: bool
) -> None:
    workflow = Workflow.objects.create(name="Health")
    WorkflowTask.objects.create(workflow=workflow, task=ClinicalReview.objects.get())
    drafted(page)
    page = InfoPage.objects.get(pk=page.pk)
    workflow.start(page, None)
    client.force_login(site.clinician)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    mended = answers(page, summary="As a clinician would say it.")
    del mended["action-publish"]
    if saves_first:
        assert client.post(address, mended).status_code == 302
    signed = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    assert client.post(address, mended | signed).status_code == 302
    page = InfoPage.objects.get(pk=page.pk)
    assert page.summary == "As a clinician would say it."
    signed_off = line(page)
    assert (signed_off.last_reviewed, signed_off.awaits_review_since) == (TODAY, None)
    assert signed_off.reviewed_revision_id == page.live_revision_id


@pytest.mark.guide("Readers then see when it was corrected, or that it changed and was not reviewed since.")
def test_readers_are_told_what_is_true(client: Client, page: InfoPage) -> None:
    own = client.get("/fees/").content.decode()
    assert "Last reviewed" in own
    assert '"lastReviewed"' in own
    drafted(page, KindOfChange.SMALL).publish()
    assert "Corrected in small things on" in client.get("/fees/").content.decode()
    drafted(InfoPage.objects.get(pk=page.pk), words="More.").publish()
    own = client.get("/fees/").content.decode()
    assert "not reviewed since" in own
    assert "lastReviewed" not in own
    fields = client.get(f"/api/v2/pages/{page.pk}/").json()
    assert fields["awaits_review_since"] == fields["corrected_on"] == str(TODAY)


@pytest.mark.guide("They also say when it is due again, at most 36 months on.")
def test_a_review_is_of_a_day_that_was_and_lasts_36_months_at_most(
    site: SimpleNamespace, page: InfoPage
) -> None:
    for dates in [
        {"reviewed_on": TODAY + timedelta(days=1), "next_due": DUE},
        {"next_due": TODAY + timedelta(days=1200)},
        {"next_due": TODAY},
    ]:
        with pytest.raises(ValidationError):
            sign_off(page, page.latest_revision, site.reviewer, **dates)
    assert GroupPagePermission.objects.filter(group__name="Clinical reviewer").count() == 2


@pytest.mark.guide(
    "Pages that are past their day, or changed since, are on the home of the admin and under Reports → "
    "Reviews, to filter and to download.",
    "On Mondays their owners, clinical reviewers and whoever keeps reviewers get them by e-mail.",
)
def test_what_is_due_is_told_at_home_in_a_report_and_by_e_mail(
    client: Client, site: SimpleNamespace, page: InfoPage, mailoutbox: list[EmailMessage]
) -> None:
    writer = User.objects.create_user("writer", "writer@example.org", "password")
    writer.groups.add(Group.objects.get(name="Content editor"))
    keeper = User.objects.create_user("keeper", "keeper@example.org", "password")
    keeper.groups.add(Group.objects.get(name="Moderators"))  # who keep reviewers
    stranger = User.objects.create_user("stranger", "stranger@example.org", "password")
    stranger.groups.add(Group.objects.get(name="Matching team"))
    Page.objects.filter(pk=page.pk).update(owner=writer)
    page.create_alias(update_slug="alias", parent=page.get_parent())
    write_digests()
    assert not ReviewDigest.objects.exists()  # nothing is due
    drafted(InfoPage.objects.get(pk=page.pk)).publish()
    client.force_login(writer)
    assert "1 page is due for review" in client.get(reverse("wagtailadmin_home")).content.decode()
    report = client.get(reverse("reviews"), {"due": "changed", "owner": writer.pk}).content.decode()
    assert report.count(f">{page.title}</a>") == 1
    none = client.get(reverse("reviews"), {"due_before": "2020-01-01"}).content.decode()
    assert page.title not in none
    rows = b"".join(client.get(reverse("reviews"), {"export": "csv"}).streaming_content).decode()
    assert f"{page.title},Information Page,{SIGNED},Sample Reviewer,{TODAY},{TODAY},writer," in rows
    client.force_login(stranger)
    assert client.get(reverse("reviews")).status_code == 302
    assert "due for review" not in client.get(reverse("wagtailadmin_home")).content.decode()
    write_digests()
    write_digests()  # once a week
    for digest in ReviewDigest.objects.all():
        ReviewDigestSender().send(digest.pk)
    told = sorted(letter.to[0] for letter in mailoutbox)
    assert told == ["clinician@example.org", "keeper@example.org", "writer@example.org"]
    jobs = {job.task: job.cron for job in app.periodic_registry.periodic_tasks.values()}
    assert jobs[write_review_digests].endswith("* * 1"), "on Mondays"
    assert f"/admin/pages/{page.pk}/edit/" in mailoutbox[0].body
