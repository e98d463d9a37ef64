"""Copies and aliases, and pages that did not go live at their time."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Page

from core.health import publishing_is_late
from core.visibility import is_public
from tests.factories.home import ReviewerFactory, make_site
from tests.factories.therapies import (
    ComparisonPageFactory,
    ConcernPageFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.factories.therapists import (
    TherapistConcernFactory,
    TherapistIndexPageFactory,
    TherapistPageFactory,
    TherapistTherapyFactory,
)
from therapies.models import ComparisonPage, TherapyPage
from therapists.matching.inputs.candidates import load_candidates
from therapists.models import Qualification

pytestmark = pytest.mark.django_db
REVIEWED = date(2026, 9, 15)


@pytest.fixture(scope="module")
def site(module_database: None, django_db_blocker: DjangoDbBlocker) -> SimpleNamespace:
    with django_db_blocker.unblock():
        home = make_site()
        therapies = TherapyIndexPageFactory(parent=home)
        review = {"reviewer": ReviewerFactory(), "last_reviewed": REVIEWED}
        one = TherapyPageFactory(parent=therapies, slug="one", abbreviation="ONE", **review)
        other = TherapyPageFactory(parent=therapies, slug="other")
        pair = ComparisonPageFactory(parent=therapies, slug="pair", first=one, second=other)
        therapist = TherapistPageFactory(parent=TherapistIndexPageFactory(parent=home), slug="anna")
        return SimpleNamespace(one=one, pair=pair, therapist=therapist)


@pytest.fixture
def editor(client: Client, site: SimpleNamespace) -> Client:
    client.force_login(User.objects.create_superuser("editor", "editor@example.org", "password"))
    return client


def copied(editor: Client, page: Page, **choices: str) -> Page | None:
    sent = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk} | choices
    response = editor.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), sent)
    assert response.status_code in (200, 302)
    return Page.objects.filter(slug="copy").first()


@pytest.mark.guide(
    "A copy starts without what belongs to its original: review and schedule; a therapy's abbreviation; a "
    "therapist's registrations, qualifications, concerns and therapies.",
)
@pytest.mark.parametrize("choices", [{}, {"publish_copies": "on"}], ids=["draft", "published"])
def test_a_copy_is_of_something_else(editor: Client, site: SimpleNamespace, choices: dict[str, str]) -> None:
    """It takes neither the review nor the short name along, nor the schedule; its original stays as it is."""
    TherapyPage.objects.filter(pk=site.one.pk).update(expire_at=timezone.now() + timedelta(days=9))
    page = copied(editor, site.one, **choices).specific
    assert (page.live, page.abbreviation, page.expire_at) == (bool(choices), "", None)
    assert (page.last_reviewed, page.reviewer) == (None, None)
    assert page.get_latest_revision_as_object().reviewer is None
    original = TherapyPage.objects.get(pk=site.one.pk)
    assert (original.abbreviation, original.last_reviewed) == ("ONE", REVIEWED)
    original.save_revision().publish()


@pytest.mark.guide(
    "A copy starts without what belongs to its original: review and schedule; a therapy's abbreviation; a "
    "therapist's registrations, qualifications, concerns and therapies.",
)
def test_a_copied_profile_has_nobodys_registration(editor: Client, site: SimpleNamespace) -> None:
    TherapistConcernFactory(
        therapist=site.therapist, concern=ConcernPageFactory(parent=site.therapist.get_parent().get_parent())
    )
    TherapistTherapyFactory(therapist=site.therapist, therapy=site.one)
    Qualification.objects.create(therapist=site.therapist, title="Diploma", institution="College", year=2014)
    page = copied(editor, site.therapist, publish_copies="on").specific
    for rows in ("registrations", "qualifications", "concerns", "therapies"):
        assert getattr(site.therapist, rows).exists(), rows
        assert not getattr(page, rows).exists(), rows
        assert not getattr(page.get_latest_revision_as_object(), rows).all(), rows
    assert not is_public(page)
    assert is_public(site.therapist)


@pytest.mark.guide(
    "A comparison is copied as a draft, for its original already stands for that pair.",
    "Drafts stop nobody.",
)
def test_a_comparison_is_copied_as_a_draft_only(editor: Client, site: SimpleNamespace) -> None:
    form = editor.get(reverse("wagtailadmin_pages:copy", args=[site.pair.pk])).content.decode()
    assert "publish_copies" not in form
    page = copied(editor, site.pair, publish_copies="on")
    assert not page.live
    ComparisonPage.objects.get(pk=site.pair.pk).save_revision().publish()  # its copy is in nobody's way


@pytest.mark.guide(
    "An alias follows its original in everything: it is public while that is, and stands in no list, search "
    "or sitemap beside it.",
)
@pytest.mark.parametrize("which", ["one", "pair", "therapist"])
def test_an_alias_stands_for_its_original(editor: Client, site: SimpleNamespace, which: str) -> None:
    original = getattr(site, which)
    page = copied(editor, original, alias="on").specific
    assert page.alias_of_id == original.pk
    draft = type(original).objects.get(pk=original.pk)
    draft.summary = "Newer words."
    draft.save_revision().publish()
    shown = type(original).objects.get(pk=page.pk)
    assert (shown.live, shown.summary) == (True, "Newer words.")


@pytest.mark.guide(
    "A page that cannot be published as it is stays a draft, and you are told why, whether you publish it, "
    "schedule it, approve it or publish many at once: then nothing of it is done.",
)
def test_of_many_at_once_none_is_published_where_one_cannot_be(editor: Client, site: SimpleNamespace) -> None:
    whole = TherapyPageFactory(parent=site.one.get_parent(), slug="whole", live=False)
    pages = [whole, second_abbreviation(site)]
    for page in pages:
        page.save_revision(clean=False)
    publish = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    chosen = "&".join(f"id={page.pk}" for page in pages)
    answer = editor.post(f"{publish}?{chosen}&next=/admin/", {}, follow=True)
    assert any("This already stands for" in str(message) for message in answer.context["messages"])
    assert not TherapyPage.objects.filter(pk__in=[page.pk for page in pages], live=True).exists()


def second_abbreviation(site: SimpleNamespace) -> Page:
    return TherapyPageFactory(parent=site.one.get_parent(), slug="second", abbreviation="one", live=False)


def by_schedule(editor: Client, page: Page) -> None:
    due = timezone.now() - timedelta(hours=1)
    page.revisions.update(approved_go_live_at=due)
    call_command("publish_scheduled")
    assert publishing_is_late()


@pytest.mark.guide(
    "One that cannot be published at its time stays scheduled: the home of the admin says so to everyone, "
    "its editor says why, and the health of the site shows that publishing is late.",
)
def test_what_did_not_go_live_is_told_at_home_and_on_its_page_and_logged_once(
    editor: Client, site: SimpleNamespace, caplog: pytest.LogCaptureFixture
) -> None:
    page = second_abbreviation(site)
    page.save_revision()
    by_schedule(editor, page)
    call_command("publish_scheduled")
    assert sum("cannot be published as scheduled" in record.message for record in caplog.records) == 1
    home = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 page was to be public by now, and is not." in home
    for role in ("Content editor", "Profile manager", "Matching team"):
        person = User.objects.create_user(role)
        person.groups.add(Group.objects.get(name=role))
        of_another = Client()
        of_another.force_login(person)
        assert "1 page was to be public by now" in of_another.get(reverse("wagtailadmin_home")).text, role
    own = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert any("This already stands for" in str(message) for message in own.context["messages"])


@pytest.mark.guide(
    "An alias follows its original in everything: it is public while that is, and stands in no list, search "
    "or sitemap beside it.",
)
@pytest.mark.usefixtures("search_index")
def test_an_alias_stands_once_in_lists_and_leads_to_its_original(
    editor: Client, site: SimpleNamespace
) -> None:
    for original in (site.one, site.therapist):
        copied(editor, original, alias="on", new_slug=f"alias-of-{original.slug}")
    alias = editor.get(f"{site.one.get_parent().url}alias-of-one/").content.decode()
    assert f'<link rel="canonical" href="{site.one.full_url}">' in alias
    assert f'<meta property="og:url" content="{site.one.full_url}">' in alias
    [told_to_search_engines] = BeautifulSoup(alias, "html.parser").select(
        "script[type='application/ld+json']"
    )
    assert "alias-of" not in told_to_search_engines.get_text()
    assert "alias-of" not in editor.get("/sitemap.xml").content.decode()
    lists = [page.get_parent().url for page in (site.one, site.therapist)]
    for address in [*lists, f"/search/?query={site.one.title}"]:
        shown = editor.get(address)
        assert shown.status_code == 200
        assert "/alias-of" not in shown.content.decode()
    [answer] = editor.get("/api/v2/pages/?slug=alias-of-one&fields=*").json()["items"]
    assert answer["meta"]["alias_of"]["id"] == site.one.pk
    assert [one.therapist_id for one in load_candidates(date.today(), {})] == [site.therapist.pk]


@pytest.mark.guide(
    "An alias follows its original in everything: it is public while that is, and stands in no list, search "
    "or sitemap beside it.",
)
def test_an_alias_is_public_while_its_original_is(editor: Client, site: SimpleNamespace) -> None:
    """Whoever unpublishes the original takes its words down everywhere, and no alias brings them back."""
    alias = copied(editor, site.one, alias="on").specific
    address = alias.url
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[site.one.pk]))
    publish = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = editor.post(f"{publish}?id={alias.pk}&next=/admin/", {}, follow=True)
    assert any("It is an alias" in str(message) for message in answer.context["messages"])
    assert not is_public(alias)
    assert editor.get(address).status_code == 404
    assert editor.get(f"/api/v2/pages/{alias.pk}/").status_code == 404
    TherapyPage.objects.get(pk=site.one.pk).save_revision().publish()
    assert is_public(alias)


def test_a_page_stays_public_while_a_draft_from_before_waits(site: SimpleNamespace) -> None:
    page = TherapyPageFactory(parent=site.one.get_parent(), slug="early", live=False)
    first = page.save_revision()
    page.summary = "Newer words, from before anyone could read it."
    page.save_revision()
    first.publish()
    draft = TherapyPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=2)
    draft.save_revision().publish()
    page = TherapyPage.objects.get(pk=page.pk)
    assert (page.live, page.live_revision, page.scheduled_revision) == (True, first, page.latest_revision)
