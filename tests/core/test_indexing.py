"""However a page is stored, the search index is written once, and with the words of its child rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex
from wagtail.search.models import IndexEntry

from tests.factories.home import make_site
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from therapies.models import DimensionValue, TherapyIndexPage, TherapyPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "reference_index")]

type Act = Callable[[], object]


@contextmanager
def index_writes() -> Iterator[list[str]]:
    """Collect the statements that write entries of the index."""
    writes: list[str] = []

    def collect(execute, sql, params, many, context):
        if sql.split()[:3] == ["INSERT", "INTO", IndexEntry._meta.db_table]:
            writes.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(collect):
        yield writes


@contextmanager
def reference_updates() -> Iterator[list[object]]:
    """Collect the pages of which the references were read and kept."""
    updated: list[object] = []
    update = ReferenceIndex.create_or_update_for_object

    def collect(page: object) -> None:
        updated.append(page)
        update(page)

    with patch.object(ReferenceIndex, "create_or_update_for_object", collect):
        yield updated


@pytest.fixture
def therapies() -> TherapyIndexPage:
    return TherapyIndexPageFactory(parent=make_site())


@pytest.fixture
def harbour(therapies: TherapyIndexPage) -> TherapyPage:
    page = TherapyPageFactory(parent=therapies, title="Harbour therapy", slug="harbour")
    page.values = [fact("Lighthouses")]
    page.save()
    return TherapyPage.objects.get(pk=page.pk)


def titles_with(words: str) -> list[str]:
    return [page.title for page in Page.objects.search(words)]


def fact(words: str) -> DimensionValue:
    return DimensionValue(
        dimension=ComparisonDimensionFactory(), short_value=words, checked_on=timezone.localdate()
    )


def save(page: TherapyPage) -> Act:
    return page.save


def save_a_field(page: TherapyPage) -> Act:
    page.summary = "Near the sea."
    return partial(page.save, update_fields=["summary"])


def publish(page: TherapyPage) -> Act:
    return lambda: page.save_revision().publish()


def publish_an_earlier_version(page: TherapyPage) -> Act:
    first = page.save_revision()
    page.save_revision()
    return first.publish


def publish_at_a_set_time(page: TherapyPage) -> Act:
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(minutes=1)
    revision = page.save_revision()
    revision.publish()
    revision.refresh_from_db()
    past = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"], revision.approved_go_live_at = past.isoformat(), past
    revision.save()
    return partial(call_command, "publish_scheduled")


def expire(page: TherapyPage) -> Act:
    TherapyPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    return partial(call_command, "publish_scheduled")


def unpublish(page: TherapyPage) -> Act:
    return page.unpublish


def unpublish_without_its_type(page: TherapyPage) -> Act:
    return Page.objects.get(pk=page.pk).unpublish


def move(page: TherapyPage) -> Act:
    return partial(page.move, page.get_parent().get_parent(), pos="last-child")


def copy(page: TherapyPage) -> Act:
    page.save_revision().publish()
    return partial(page.copy, update_attrs={"slug": "copied"})


def copy_as_a_draft(page: TherapyPage) -> Act:
    return partial(page.copy, update_attrs={"slug": "copied"}, keep_live=False)


def alias(page: TherapyPage) -> Act:
    return partial(page.create_alias, update_slug="alias")


def create(page: TherapyPage) -> Act:
    new = TherapyPage(title="Quay therapy", slug="quay", family=page.family)
    new.values = [fact("Tides")]
    return partial(page.get_parent().specific.add_child, instance=new)


@pytest.mark.parametrize(
    "prepare",
    [
        save,
        save_a_field,
        publish,
        publish_an_earlier_version,
        publish_at_a_set_time,
        expire,
        unpublish,
        unpublish_without_its_type,
        move,
        copy,
        copy_as_a_draft,
        alias,
        create,
    ],
)
def test_the_index_is_written_once(harbour: TherapyPage, prepare: Callable[[TherapyPage], Act]) -> None:
    act = prepare(harbour)
    with index_writes() as writes, reference_updates() as updates:
        act()
    assert len(writes) == 1
    assert len(updates) == 1


@pytest.mark.parametrize("action", ["publish", "unpublish"])
def test_the_index_is_written_once_for_each_page_of_a_list(
    harbour: TherapyPage, admin_client: Client, action: str
) -> None:
    other = TherapyPageFactory(parent=harbour.get_parent(), title="Quay therapy", slug="quay")
    if action == "publish":
        for page in (harbour, other):
            page.save_revision()
            page.unpublish()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    with index_writes() as writes:
        admin_client.post(f"{address}?id={harbour.pk}&id={other.pk}")
    assert [page.specific.live for page in Page.objects.filter(pk__in=[harbour.pk, other.pk])] == [
        action == "publish"
    ] * 2
    assert len(writes) == 2


def test_a_copied_branch_is_written_once_for_each_page(harbour: TherapyPage) -> None:
    with index_writes() as writes:
        harbour.get_parent().copy(recursive=True, update_attrs={"slug": "copied"})
    assert len(writes) == 2


def test_an_alias_is_written_once_when_its_page_is_published(harbour: TherapyPage) -> None:
    harbour.create_alias(update_slug="alias")
    harbour.values = [*harbour.values.all(), fact("Tides")]
    with index_writes() as writes:
        harbour.save_revision().publish()
    assert len(writes) == 2
    assert titles_with("tides") == ["Harbour therapy", "Harbour therapy"]


@pytest.mark.parametrize("prepare", [save, publish])
def test_words_of_new_child_rows_are_found(
    harbour: TherapyPage, prepare: Callable[[TherapyPage], Act]
) -> None:
    harbour.values = [fact("Tides")]
    prepare(harbour)()
    assert titles_with("tides") == ["Harbour therapy"]
    assert titles_with("lighthouses") == []


@pytest.mark.parametrize("prepare", [copy, alias])
def test_words_of_copied_child_rows_are_found(
    harbour: TherapyPage, prepare: Callable[[TherapyPage], Act]
) -> None:
    prepare(harbour)()
    assert titles_with("lighthouses") == ["Harbour therapy"] * 2


def test_words_of_a_new_page_and_its_child_rows_are_found(harbour: TherapyPage) -> None:
    create(harbour)()
    assert titles_with("tides") == titles_with("quay") == ["Quay therapy"]


def test_a_draft_is_not_indexed(harbour: TherapyPage) -> None:
    harbour.values = [fact("Tides")]
    harbour.title = "Quay therapy"
    with index_writes() as writes:
        harbour.save_revision()
    assert writes == []
    assert titles_with("tides") == titles_with("quay") == []


def test_a_field_that_is_stored_beside_a_draft_indexes_what_is_stored(harbour: TherapyPage) -> None:
    harbour.title, harbour.summary = "Quay therapy", "Near the sea."
    harbour.save(update_fields=["summary"])
    assert titles_with("sea") == ["Harbour therapy"]
    assert titles_with("quay") == []


@pytest.mark.parametrize("kind", [TherapyPage, Page])
def test_a_deleted_page_leaves_the_index(harbour: TherapyPage, kind: type[Page]) -> None:
    assert IndexEntry.objects.filter(object_id=harbour.pk).exists()
    kind.objects.get(pk=harbour.pk).delete()
    assert not IndexEntry.objects.filter(object_id=harbour.pk).exists()


def test_a_deleted_branch_leaves_the_index(harbour: TherapyPage) -> None:
    harbour.get_parent().delete()
    assert not IndexEntry.objects.filter(object_id=harbour.pk).exists()


def test_a_page_that_lost_a_fact_is_no_longer_known_to_use_what_it_named(harbour: TherapyPage) -> None:
    dimension = harbour.values.get().dimension
    assert ReferenceIndex.get_references_to(dimension).exists()
    harbour.values = [fact("Tides")]
    harbour.save()
    assert not ReferenceIndex.get_references_to(dimension).exists()
