"""Every rule of the house on every way by which words become public. A hole is a cell that fails.

A rule *refuses* what may not be public, and says why; or it *tells* what is doubtful, and lets it through: an
editor can be right. Ways that hand in or schedule tell too: whoever acts is told while they act.
A review is of words. That no way deletes a source under the facts that name it is shown in
`therapies/test_leaning_facts.py`.
"""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.forms import BoundField
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks import BlockField
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Task, Workflow, WorkflowTask

from core.reviews.review_lines import line_of
from core.reviews.signing import sign_off
from new_practice.importing import doubts_about_what_is_published
from new_practice.loading.publishing import publish as store_and_publish
from tests.factories.home import ReviewerFactory, make_site
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    ComparisonPageFactory,
    ConcernIndexPageFactory,
    ConcernPageFactory,
    DimensionValueFactory,
    ReferenceFactory,
    TherapyEvidenceFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.factories.therapists import TherapistIndexPageFactory, TherapistPageFactory
from therapies.models import TherapyPage
from therapists.models import TherapistPage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_connection"),  # Wagtail tells moderators
]


@pytest.fixture(scope="module")
def site(module_database: None, django_db_blocker: DjangoDbBlocker) -> SimpleNamespace:
    with django_db_blocker.unblock():
        home = make_site()
        therapies = TherapyIndexPageFactory(parent=home)
        one = TherapyPageFactory(parent=therapies, slug="one", abbreviation="ONE")
        other = TherapyPageFactory(parent=therapies, slug="other")
        ComparisonPageFactory(parent=therapies, slug="pair", first=one, second=other)
        directory = TherapistIndexPageFactory(parent=home)
        therapist = TherapistPageFactory(parent=directory, slug="anna")
        concern = ConcernPageFactory(parent=ConcernIndexPageFactory(parent=home), slug="low")
        dimension = ComparisonDimensionFactory(key="duration", label="Duration")
        User.objects.create_superuser("editor", "editor@example.org", "password")
        workflow = Workflow.objects.create(name="Moderation")
        WorkflowTask.objects.create(workflow=workflow, task=Task.objects.first())
        return SimpleNamespace(
            therapies=therapies,
            one=one,
            other=other,
            directory=directory,
            therapist=therapist,
            concern=concern,
            dimension=dimension,
            workflow=workflow,
        )


@pytest.fixture
def editor(client: Client, site: SimpleNamespace) -> Client:
    client.force_login(User.objects.get(username="editor"))
    return client


# Rules. Each makes a draft that breaks it, and says the words by which whoever acts is told.


def therapy(site: SimpleNamespace, **fields: Any) -> Page:
    return TherapyPageFactory(parent=site.therapies, slug="draft", live=False, **fields)


def profile(site: SimpleNamespace, **fields: Any) -> Page:
    return TherapistPageFactory(parent=site.directory, slug="draft", live=False, **fields)


def abbreviation_stands_once(site: SimpleNamespace) -> tuple[Page, set[str]]:
    return therapy(site, abbreviation="one"), {"This already stands for"}


def pair_stands_once(site: SimpleNamespace) -> tuple[Page, set[str]]:
    pair = {"first": site.other, "second": site.one}
    page = ComparisonPageFactory(parent=site.therapies, slug="draft", live=False, **pair)
    return page, {"compare"}


def registration_stands_once(site: SimpleNamespace) -> tuple[Page, set[str]]:
    page, known = profile(site), site.therapist.registrations.get()
    page.registrations.update(body=known.body, number=known.number)
    return page, {"is on the profile of"}


def expiry_is_to_come(site: SimpleNamespace) -> tuple[Page, set[str]]:
    return therapy(site, expire_at=timezone.now() - timedelta(days=1)), {"is past", "must be in the future"}


def required_field_is_filled(site: SimpleNamespace) -> tuple[Page, set[str]]:
    page = profile(site)
    TherapistPage.objects.filter(pk=page.pk).update(professional_title="")
    return page, {"field"}  # “is required”, or “cannot be blank”


def fact_is_whole(site: SimpleNamespace) -> tuple[Page, set[str]]:
    page = therapy(site)
    DimensionValueFactory(therapy=page, dimension=site.dimension, minimum=20, maximum=10, unit="weeks")
    return page, {"This is smaller than the first number."}


def evidence_has_a_source(site: SimpleNamespace) -> tuple[Page, set[str]]:
    page = therapy(site)
    TherapyEvidenceFactory(therapy=page, concern=site.concern, level="trial")
    return page, {"Name the source"}


def doubtful_therapy(site: SimpleNamespace) -> tuple[Page, set[str]]:
    page = therapy(site, abbreviation="SAT", summary="SAT cures everyone. SAT takes 40 sessions.")
    lasting = {"minimum": 16, "maximum": 16, "unit": "sessions", "short_value": ""}
    source = ReferenceFactory(live=False, first_published_at=timezone.now())
    DimensionValueFactory(therapy=page, dimension=site.dimension, references=[source], **lasting)
    return page, {"promises too much", "does not fit what is recorded for", "leans on a source that"}


def doubtful_profile(site: SimpleNamespace) -> tuple[Page, set[str]]:
    page = profile(site, professional_title="Clinical psychologist", registration=None)
    return page, {"has no registration", "A title that the law protects"}


REFUSES = [
    abbreviation_stands_once,
    pair_stands_once,
    registration_stands_once,
    expiry_is_to_come,
    required_field_is_filled,
    fact_is_whole,
    evidence_has_a_source,
]
TELLS = [doubtful_therapy, doubtful_profile]


# Ways. Each is gone by the draft, through the admin's own forms where it has some, and returns what was told.


def told(response: Any) -> str:
    """Return the messages of an answer that leads on, or all that a page says, errors of its form too."""
    if response.status_code == HTTPStatus.FOUND:
        return " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert response.status_code == HTTPStatus.OK
    return unescape(response.content.decode())


def _as_sent(bound: BoundField) -> Any:
    widget, value = bound.field.widget, bound.value()
    return widget.format_value(value) if isinstance(widget, DraftailRichTextArea) else value


def filled_in(page: Page, user: User) -> dict[str, Any]:
    """Return what a browser would send of the editor's form as it is opened, without the words of streams."""
    draft = page.get_latest_revision_as_object()
    form = draft.get_edit_handler().get_form_class()(instance=draft, for_user=user)
    streams = {f"{field.name}-count": 0 for field in draft._meta.fields if isinstance(field, StreamField)}
    forms = [form]
    for formset in form.formsets.values():
        forms += [formset.management_form, *formset.forms]
    sent = {
        bound.html_name: _as_sent(bound)
        for one in forms
        for bound in one
        if bound.value() is not None
        and bound.value() is not False
        and not isinstance(bound.field, BlockField)
    }
    return sent | streams


def edited(editor: Client, page: Page, **changes: str) -> str:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    user = User.objects.get(username="editor")
    return told(editor.post(address, filled_in(page, user) | changes))


def published(editor: Client, page: Page) -> str:
    return edited(editor, page, **{"action-publish": "yes"})


def handed_in(editor: Client, page: Page) -> str:
    return edited(editor, page, **{"action-submit": "yes"})


def opened_by_its_reviewer(editor: Client, page: Page) -> str:
    Workflow.objects.get(name="Moderation").start(page, None)
    return told(editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))


def approved(editor: Client, page: Page) -> str:
    Workflow.objects.get(name="Moderation").start(page, None)
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return told(editor.post(address, {}))


def scheduled(editor: Client, page: Page) -> str:
    later = timezone.localtime() + timedelta(days=2)
    when = {"go_live_at": later.strftime("%Y-%m-%d %H:%M"), "action-publish": "yes"}
    return edited(editor, page, **when)


def scheduled_while_public(editor: Client, page: Page) -> str:
    """The words that wait are told of, though others are public until then."""
    public = {"live": True, "has_unpublished_changes": True, "live_revision": page.latest_revision}
    Page.objects.filter(pk=page.pk).update(**public)
    type(page).objects.filter(pk=page.pk).update(summary="Kind words.")
    return scheduled(editor, type(page).objects.get(pk=page.pk))


def published_by_the_clock(editor: Client, page: Page) -> str:
    page.revisions.update(approved_go_live_at=timezone.now() - timedelta(hours=1))
    call_command("publish_scheduled")
    return told(editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))


def in_bulk(editor: Client, page: Page) -> str:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return told(editor.post(f"{address}?id={page.pk}", {}))


def _for_later(page: Page) -> Page:
    draft = page.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=2)
    draft.save_revision(clean=False)
    return type(page).objects.get(pk=page.pk)


def approved_for_later(editor: Client, page: Page) -> str:
    return approved(editor, _for_later(page))


def in_bulk_for_later(editor: Client, page: Page) -> str:
    return in_bulk(editor, _for_later(page))


def published_again(editor: Client, page: Page) -> str:
    Page.objects.filter(pk=page.pk).update(live=True)
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert not Page.objects.get(pk=page.pk).live
    return published(editor, page)


def reverted(editor: Client, page: Page) -> str:
    earlier = page.latest_revision
    page.get_latest_revision_as_object().save_revision(clean=False)
    return edited(editor, page, **{"revision": str(earlier.pk), "action-publish": "yes"})


def translated(editor: Client, page: Page) -> str:
    welsh, _created = Locale.objects.get_or_create(language_code="cy")
    translation = page.copy_for_translation(welsh, copy_parents=True)
    return published(editor, translation)


def imported(editor: Client, page: Page) -> str:
    try:
        with doubts_about_what_is_published() as doubts:
            store_and_publish(page, {"search_description": "As a file says."})
    except ValidationError as error:
        return " ".join(error.messages)
    return " ".join(doubts)


def copied_and_published(editor: Client, page: Page) -> str:
    Page.objects.filter(pk=page.pk).update(live=True)
    sent = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk}
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    return told(editor.post(address, sent | {"publish_copies": "on"}))


def aliased(editor: Client, page: Page) -> str:
    Page.objects.filter(pk=page.pk).update(live=True)
    sent = {"new_title": "Alias", "new_slug": "alias", "new_parent_page": page.get_parent().pk}
    return told(editor.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), sent | {"alias": "on"}))


#: Every way by which a draft becomes public, and those by which somebody decides that it will.
WAYS = [
    published,
    handed_in,
    opened_by_its_reviewer,
    approved,
    scheduled,
    in_bulk,
    approved_for_later,
    in_bulk_for_later,
    published_again,
    reverted,
    translated,
    imported,
]
#: Nobody looks on: what is doubtful was told to whoever scheduled it.
BY_ITSELF = [published_by_the_clock]
#: What these bring breaks no rule: a copy takes none of it along, and an alias is its original.
OF_WHAT_IS_PUBLIC = [copied_and_published, aliased]
#: A page in another language is another page: it may be called the same, and has no schedule.
NOT_OF_A_TRANSLATION = {abbreviation_stands_once, pair_stands_once, expiry_is_to_come}


def cells(rules: list[Any], ways: list[Any]) -> list[Any]:
    return [
        pytest.param(rule, way, id=f"{rule.__name__}-{way.__name__}")
        for rule in rules
        for way in ways
        if way is not translated or rule not in NOT_OF_A_TRANSLATION
    ]


type Rule = Callable[[SimpleNamespace], tuple[Page, set[str]]]
type Way = Callable[[Client, Page], str]


def gone(editor: Client, site: SimpleNamespace, rule: Rule, way: Way) -> tuple[Page, set[str], str]:
    """Go the way with a draft that breaks the rule. Return it, what was to be told, and what was."""
    page, words = rule(site)
    page = type(page).objects.get(pk=page.pk)
    page.save_revision(clean=False)
    return page, words, way(editor, type(page).objects.get(pk=page.pk))


@pytest.mark.guide(
    "An abbreviation, a compared pair and a registration number stand on one published page each.",
    "A page that cannot be published as it is stays a draft, and you are told why, whether you publish it, "
    "schedule it, approve it or publish many at once: then nothing of it is done.",
)
@pytest.mark.parametrize(("rule", "way"), cells(REFUSES, [*WAYS, *BY_ITSELF]))
def test_what_may_not_be_public_is_refused(
    editor: Client, site: SimpleNamespace, rule: Rule, way: Way
) -> None:
    page, words, said = gone(editor, site, rule, way)
    assert not type(page).objects.filter(translation_key=page.translation_key, live=True).exists()
    assert any(one in said for one in words)


@pytest.mark.guide(
    "Checks, and a message as you hand in or publish, name the very words that promise too much, that say a "
    "therapy helps where no evidence is recorded, that do not fit a fact or are hard to read, and a title "
    "or training in a profile without its registration or qualification.",
    "So is told whoever reviews the page as they open and approve it, schedules it, makes an alias, or "
    "imports it from files.",
    "You can publish all the same: you may know better.",
)
@pytest.mark.parametrize(("rule", "way"), cells(TELLS, [*WAYS, *OF_WHAT_IS_PUBLIC, scheduled_while_public]))
def test_what_is_doubtful_is_told(editor: Client, site: SimpleNamespace, rule: Rule, way: Way) -> None:
    page, words, said = gone(editor, site, rule, way)
    once = {one: said.count(one) for one in words}
    assert once == dict.fromkeys(words, 1) or (way is opened_by_its_reviewer and all(once.values()))
    is_public_now = type(page).objects.filter(translation_key=page.translation_key, live=True).exists()
    later = {handed_in, opened_by_its_reviewer, scheduled, approved_for_later, in_bulk_for_later}
    assert is_public_now == (way not in later)


SIGNED = timezone.localdate() - timedelta(days=70)


@pytest.mark.guide(
    "A review is of words: of everything that a page says, its facts and evidence too, as one draft has it.",
)
@pytest.mark.parametrize("way", [*WAYS, *BY_ITSELF, *OF_WHAT_IS_PUBLIC], ids=lambda way: way.__name__)
def test_a_review_is_of_words(editor: Client, site: SimpleNamespace, way: Way) -> None:
    """Whoever makes other words public is asked what they are, or readers are told that they changed."""
    page = TherapyPage.objects.get(pk=site.other.pk)
    reviewed = page.save_revision()
    due = timezone.localdate() + timedelta(days=200)
    sign_off(page, reviewed, ReviewerFactory(), reviewed_on=SIGNED, next_due=due)
    reviewed.publish()
    page = TherapyPage.objects.get(pk=page.pk)
    page.summary = "Other words."
    page.save_revision()
    said = way(editor, TherapyPage.objects.get(pk=page.pk))
    asked = "is this a small correction, or does it need review?" in said
    assert asked == (way in {published, handed_in, scheduled, published_again, reverted})
    for shown in TherapyPage.objects.filter(live=True, summary="Other words."):
        assert not line_of(shown).last_reviewed or line_of(shown).awaits_review_since
