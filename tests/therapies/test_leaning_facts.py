"""Sources do not vanish under the facts that lean on them, and what all pages show is handed in."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, ProtectedError
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import ReferenceIndex

from core.deletion import is_needed_elsewhere
from home.models import GlossaryTerm
from tests.factories.home import ReviewerFactory, make_site
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    ConcernIndexPageFactory,
    ConcernPageFactory,
    DimensionValueFactory,
    ReferenceFactory,
    TherapyEvidenceFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
    make_sourced_therapy,
)
from therapies.leaning_facts import facts_that_lean_on_bad_sources
from therapies.models import ComparisonDimension, Reference, TherapyPage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_connection"),  # Wagtail tells moderators
]


@pytest.fixture(scope="module")
def site(module_database: None, django_db_blocker: DjangoDbBlocker) -> SimpleNamespace:
    with django_db_blocker.unblock():
        home = make_site()
        therapies = TherapyIndexPageFactory(parent=home)
        concern = ConcernPageFactory(parent=ConcernIndexPageFactory(parent=home))
        source, newer = ReferenceFactory(key="old"), ReferenceFactory(key="new", citation="A newer guide")
        dimension, reviewer = ComparisonDimensionFactory(label="Focus"), ReviewerFactory()
        therapy = make_sourced_therapy(
            therapies, dimension, [source], checked_by=reviewer, short_value="Loss"
        )
        TherapyPage.objects.get(pk=therapy.pk).save_revision().publish()
        User.objects.create_superuser("admin", "admin@example.org", "password")
        therapy = TherapyPage.objects.get(pk=therapy.pk)
        source.save_revision().publish()
        return SimpleNamespace(
            therapy=therapy,
            concern=concern,
            source=Reference.objects.get(pk=source.pk),
            newer=newer,
            dimension=dimension,
            reviewer=reviewer,
        )


@pytest.fixture
def admin(client: Client, site: SimpleNamespace) -> Client:
    client.force_login(User.objects.get(username="admin"))
    return client


def in_the_admin(admin: Client, record: Model) -> None:
    admin.post(
        reverse(f"wagtailsnippets_{record._meta.label_lower.replace('.', '_')}:delete", args=[record.pk])
    )


def in_bulk(admin: Client, record: Model) -> None:
    address = reverse("wagtail_bulk_action", args=[*record._meta.label_lower.split("."), "delete"])
    admin.post(f"{address}?id={record.pk}", {})


def in_code(admin: Client, record: Model) -> None:
    for delete in (record.delete, type(record)._default_manager.filter(pk=record.pk).delete):
        with pytest.raises(ProtectedError), transaction.atomic():
            delete()


def in_the_database(admin: Client, record: Model) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DELETE FROM {record._meta.db_table} WHERE id = %s", [record.pk])


@pytest.mark.guide("What facts lean on cannot be deleted: Usage lists them.")
@pytest.mark.parametrize("way", [in_the_admin, in_bulk, in_code, in_the_database])
@pytest.mark.parametrize("which", ["source", "dimension", "reviewer"])
def test_what_facts_lean_on_cannot_be_deleted(
    admin: Client, site: SimpleNamespace, which: str, way: Callable[[Client, Model], None]
) -> None:
    record = getattr(site, which)
    assert is_needed_elsewhere(record)
    way(admin, record)
    assert type(record)._default_manager.filter(pk=record.pk).exists()


@pytest.mark.guide("What facts lean on cannot be deleted: Usage lists them.")
def test_wagtail_counts_the_facts_that_name_a_source(admin: Client, site: SimpleNamespace) -> None:
    assert ReferenceIndex.get_references_to(site.source).count() == 1
    usage = admin.get(reverse("wagtailsnippets_therapies_reference:usage", args=[site.source.pk]))
    assert "Sample therapy" in usage.content.decode()


def superseded(admin: Client, site: SimpleNamespace) -> str:
    source = Reference.objects.get(pk=site.source.pk)
    fields = {"key": source.key, "kind": source.kind, "citation": source.citation, "url": "", "year": ""}
    sent = fields | {"superseded_by": site.newer.pk, "accessed": "", "action-publish": "yes"}
    address = reverse("wagtailsnippets_therapies_reference:edit", args=[source.pk])
    return admin.post(address, sent, follow=True).content.decode()


def taken_down(admin: Client, site: SimpleNamespace) -> str:
    address = reverse("wagtailsnippets_therapies_reference:unpublish", args=[site.source.pk])
    return admin.post(address, follow=True).content.decode()


@pytest.mark.guide(
    "A source that was replaced by a newer one stays, with superseded by.",
    "Where you replace one or take it down, you are told how many facts lean on it, and they stand under "
    "Reports → Facts without a good source and on the home of the admin until they name another.",
)
@pytest.mark.parametrize(
    ("way", "why"), [(superseded, "Superseded by a newer source."), (taken_down, "The source is taken down.")]
)
def test_whoever_takes_a_source_away_is_told_what_leans_on_it(
    admin: Client, site: SimpleNamespace, way: Callable[[Client, SimpleNamespace], str], why: str
) -> None:
    assert facts_that_lean_on_bad_sources() == []
    assert "1 public fact leans on this source" in way(admin, site)
    [leaning] = facts_that_lean_on_bad_sources()
    assert (leaning.page.title, leaning.fact, str(leaning.why)) == ("Sample therapy", "Focus: Loss", why)
    assert "1 public fact leans on a source that" in admin.get(reverse("wagtailadmin_home")).content.decode()
    assert "Focus: Loss" in admin.get(reverse("leaning_facts")).content.decode()
    fact = TherapyPage.objects.get(pk=site.therapy.pk).values.get()
    fact.references = [site.newer]
    fact.save()
    assert facts_that_lean_on_bad_sources() == []
    assert "leans on a source that" not in admin.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.guide(
    "Without a source it is shown as the practice's own statement; where its only source was taken down, "
    "readers are told “source withdrawn, under review”.",
)
def test_readers_are_told_that_the_only_source_was_withdrawn(client: Client, site: SimpleNamespace) -> None:
    """On the page, in a comparison and in the API: the fact is not the practice's own statement."""
    page, others = site.therapy, TherapyPageFactory(parent=site.therapy.get_parent(), abbreviation="OTH")
    DimensionValueFactory(therapy=others, dimension=site.dimension, short_value="Habits")
    TherapyEvidenceFactory(therapy=page, concern=site.concern, reference=site.source, level="trial")
    addresses = [page.url, f"{page.get_parent().url}compare/oth-vs-sat/", site.concern.url]
    assert not any("source withdrawn" in client.get(one).content.decode() for one in addresses)
    Reference.objects.get(pk=site.source.pk).unpublish()
    shown = [client.get(one).content.decode() for one in addresses]
    assert [html.count("(source withdrawn, under review)") for html in shown] == [2, 1, 1]
    assert "Our own description." not in shown[0]
    [fact] = client.get(f"/api/v2/therapies/{page.pk}/").json()["facts"]
    assert (fact["source_withdrawn"], fact["sources"]) == (True, [])
    [evidence] = client.get(f"/api/v2/therapies/{page.pk}/").json()["evidence"]
    assert (evidence["source_withdrawn"], evidence["source"]) == (True, None)
    assert {leaning.fact for leaning in facts_that_lean_on_bad_sources()} >= {"Focus: Loss"}


def test_a_point_of_comparison_that_is_taken_down_leaves_a_debt(site: SimpleNamespace) -> None:
    ComparisonDimension.objects.get(pk=site.dimension.pk).unpublish()
    assert [leaning.fact for leaning in facts_that_lean_on_bad_sources()] == ["Focus: Loss"]


@pytest.mark.guide(
    "All pages show them, so editors hand them in as they do pages, and moderators publish them.",
)
@pytest.mark.parametrize("kind", [Reference, ComparisonDimension, GlossaryTerm])
def test_what_all_pages_show_is_handed_in(client: Client, kind: type[Model]) -> None:
    editor = User.objects.create_user("editor", "editor@example.org", "password")
    editor.groups.add(Group.objects.get(name="Content editor"))
    client.force_login(editor)
    form = client.get(reverse(f"wagtailsnippets_{kind._meta.label_lower.replace('.', '_')}:add"))
    assert "action-publish" not in form.content.decode()
    term = GlossaryTerm.objects.create(term="transference", meaning="How one was.", live=False)
    term.save_revision()
    if kind is GlossaryTerm:
        fields = {"term": term.term, "other_forms": "", "meaning": "How it was.", "action-submit": "yes"}
        client.post(reverse("wagtailsnippets_home_glossaryterm:edit", args=[term.pk]), fields)
        term.refresh_from_db()
        assert (term.workflow_in_progress, term.live) == (True, False)
