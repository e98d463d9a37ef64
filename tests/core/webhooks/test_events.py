"""Which events each kind of change announces, made in the ways that editors make it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from core import tasks as home_tasks
from core.health import publishing_is_late
from core.webhooks import tasks
from core.webhooks.models import Delivery, Event, KnownPage
from core.webhooks.page_diff import announce_page_changes
from home.models import GlossaryTerm, InfoPage, Navigation
from tests.factories.home import InfoPageFactory, PracticeImageFactory, ReviewerFactory
from tests.factories.secrets import DocumentFactory
from tests.factories.therapies import ComparisonDimensionFactory, ReferenceFactory
from tests.factories.webhooks import EndpointFactory


@pytest.fixture
def announced(endpoint):
    """The events since the last look at them, by their kind."""

    def read():
        events = {event.kind: event for event in Event.objects.all()}
        Event.objects.all().delete()
        return events

    return read


def publish(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def pages_of(events):
    return {kind: event.page and event.page["id"] for kind, event in events.items()}


def test_a_new_page_is_announced_with_its_address(home, announced):
    page = InfoPageFactory(parent=home, title="New", slug="new")
    event = announced()["page.published"]
    url = "http://testserver/new/"
    assert event.page == {"id": page.pk, "type": "home.InfoPage", "url": url}
    assert event.paths == ["/new/"]
    assert event.keys == [
        f"children-{home.pk}",
        "html",
        "newly-public",
        f"page-{page.pk}",
        "type-home.InfoPage",
        "type-wagtailcore.Page",
    ]


def test_new_words_on_a_page_are_announced(fees, announced):
    publish(fees, title="What it costs")
    events = announced()
    assert pages_of(events) == {"page.published": fees.pk}
    assert "newly-public" not in events["page.published"].keys


def test_a_draft_is_not_announced(home, fees, announced):
    fees.title = "Not yet"
    fees.save_revision()
    home.add_child(instance=InfoPage(title="Draft", slug="draft", live=False))
    assert announced() == {}


def test_publishing_and_unpublishing_through_the_admin(admin_client, fees, announced):
    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[fees.pk]))
    event = announced()["page.unpublished"]
    assert event.page == {"id": fees.pk, "type": "home.InfoPage", "url": None}
    assert event.paths == ["/fees/"]
    publish(InfoPage.objects.get())
    assert pages_of(announced()) == {"page.published": fees.pk}


def test_a_new_slug_is_announced_with_both_addresses(fees, announced):
    below = InfoPageFactory(parent=fees, slug="insurance")
    announced()
    publish(fees, slug="costs")
    events = announced()
    assert pages_of(events) == {"page.moved": fees.pk}
    assert events["page.moved"].paths == ["/costs/", "/costs/insurance/", "/fees/", "/fees/insurance/"]
    assert {f"page-{fees.pk}", f"page-{below.pk}"} <= set(events["page.moved"].keys)


def test_a_move_through_the_admin_is_announced_with_its_places(admin_client, home, fees, announced):
    other = InfoPageFactory(parent=home, slug="other")
    announced()
    admin_client.post(reverse("wagtailadmin_pages:move_confirm", args=[fees.pk, other.pk]))
    event = announced()["page.moved"]
    assert event.page["url"] == "http://testserver/other/fees/"
    assert {f"children-{home.pk}", f"children-{other.pk}"} <= set(event.keys)


def test_another_order_of_pages_is_announced(home, fees, announced):
    other = InfoPageFactory(parent=home, slug="other")
    announced()
    other.move(fees, "left")
    event = announced()["page.moved"]
    assert event.page["id"] == other.pk
    assert f"children-{home.pk}" in event.keys


def test_deleting_a_branch_through_the_admin_is_announced_once(admin_client, fees, announced):
    below = InfoPageFactory(parent=fees, slug="insurance")
    announced()
    admin_client.post(
        reverse("wagtailadmin_pages:delete", args=[fees.pk]),
        {"confirm_site_name": settings.WAGTAIL_SITE_NAME},
    )
    events = announced()
    assert pages_of(events) == {"page.deleted": fees.pk}
    assert events["page.deleted"].page["url"] is None
    assert f"page-{below.pk}" in events["page.deleted"].keys


@pytest.mark.parametrize("kind", ["login", "password"])
def test_a_restricted_branch_is_announced_as_gone_and_back(fees, announced, kind):
    InfoPageFactory(parent=fees, slug="insurance")
    announced()
    restriction = PageViewRestriction.objects.create(page=fees, restriction_type=kind, password="sesame")
    assert announced()["page.unpublished"].paths == ["/fees/", "/fees/insurance/"]
    publish(fees, title="Nobody hears of this")
    InfoPageFactory(parent=fees, slug="nor-of-this")
    assert announced() == {}
    restriction.delete()
    assert len(announced()["page.published"].paths) == 3


def test_a_private_page_that_is_deleted_was_never_announced(fees, announced):
    PageViewRestriction.objects.create(page=fees, restriction_type="login")
    announced()
    InfoPage.objects.get().delete()
    assert announced() == {}


def test_scheduled_publishing_and_expiry_are_announced_by_the_clock(home, announced):
    soon = timezone.now() + timedelta(hours=1)
    page = InfoPage(title="Later", slug="later", live=False)
    home.add_child(instance=page)
    publish(page, go_live_at=soon)
    home_tasks.publish_scheduled(0)
    assert announced() == {}
    assert not publishing_is_late()
    page.revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=11))
    assert publishing_is_late()
    revision = page.revisions.get()
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.save()
    home_tasks.publish_scheduled(0)
    assert pages_of(announced()) == {"page.published": page.pk}
    assert not publishing_is_late()
    InfoPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    tasks.announce_page_changes(0)
    assert pages_of(announced()) == {"page.unpublished": page.pk}
    home_tasks.publish_scheduled(0)
    assert not InfoPage.objects.get(pk=page.pk).live
    assert announced() == {}


def test_what_a_stopped_process_left_is_announced_by_the_clock(fees, announced):
    InfoPage.objects.filter(pk=fees.pk).update(last_published_at=timezone.now())
    tasks.announce_page_changes(0)
    assert pages_of(announced()) == {"page.published": fees.pk}
    tasks.announce_page_changes(0)
    assert announced() == {}


@pytest.mark.parametrize("make", [ComparisonDimensionFactory, ReferenceFactory])
def test_a_fact_is_announced_once_it_is_published(announced, make):
    row = make(live=False)
    row.save_revision()
    row.delete()
    assert announced() == {}
    row = make(live=False)
    for change in (lambda: row.save_revision().publish(), row.unpublish):
        change()
        row.refresh_from_db()
        event = announced()["facts.changed"]
        assert event.page is None
        assert set(event.keys) == {"facts", "html", f"type-{row._meta.label}"}
    row.save_revision().publish()
    announced()
    row.refresh_from_db()
    row.delete()
    assert set(announced()) == {"facts.changed"}


def test_a_fact_changed_through_the_admin_is_announced(admin_client, announced):
    dimension = ComparisonDimensionFactory(key="focus")
    address = reverse(dimension.snippet_viewset.get_url_name("edit"), args=[dimension.pk])
    fields = {"label": "Aim", "question": "What for?", "value_type": "text", "sort_order": 1, "key": "focus"}
    admin_client.post(address, fields | {"action-publish": "1"})
    assert set(announced()) == {"facts.changed"}


def test_changes_of_files_reviewers_and_sites_are_announced(home, announced):
    root = Collection.get_first_root_node()
    site, word = home.get_site(), GlossaryTerm.objects.create(term="a", meaning="b", live=False)
    for change, kind, key in [
        (lambda: word.save_revision().publish(), "glossary", "html"),
        (lambda: ReviewerFactory(), "facts", "facts"),
        (lambda: Navigation.objects.create(site=site), "settings", "settings"),
        (lambda: Navigation.objects.get().save(), "settings", "settings"),
        (lambda: Redirect.add_redirect("/old", redirect_to="/new"), "redirects", "redirects"),
        (lambda: Redirect.objects.get().delete(), "redirects", "redirects"),
        (lambda: PracticeImageFactory(collection=root), "images", "type-core.PracticeImage"),
        (lambda: DocumentFactory(collection=root), "documents", "type-wagtaildocs.Document"),
        (lambda: site.save(), "site", "all"),
    ]:
        change()
        events = announced()
        assert set(events) == {f"{kind}.changed"}
        assert key in events[f"{kind}.changed"].keys


def test_of_a_private_image_only_the_id_is_announced(announced):
    collection = Collection.get_first_root_node().add_child(name="Private")
    assert set(announced()) == {"site.changed"}
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert announced()["site.changed"].keys == ["all", "html"]
    image = PracticeImageFactory(collection=collection, title="Nobody hears of this")
    assert announced()["images.changed"].keys == ["html", f"image-{image.pk}", "type-core.PracticeImage"]


def test_what_changes_together_is_announced_once(home, fees, announced):
    with transaction.atomic():
        publish(fees, title="Once")
        publish(fees, title="Twice")
        InfoPageFactory(parent=home, slug="another")
    assert Event.objects.count() == 1
    event = announced()["page.published"]
    assert event.page is None
    assert event.paths == ["/another/", "/fees/"]


def test_what_is_rolled_back_is_not_announced(fees, announced):
    jobs = ProcrastinateJob.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        publish(fees, title="Never")
        raise RuntimeError
    assert announced() == {}
    assert Delivery.objects.count() == 0
    assert ProcrastinateJob.objects.count() == jobs
    tasks.announce_page_changes(0)
    assert announced() == {}


def test_an_endpoint_gets_only_the_types_it_chose(fees, endpoint):
    EndpointFactory(name="Facts only", events=["facts.changed"])
    publish(fees, title="Costs")
    assert Delivery.objects.get().endpoint == endpoint


def test_while_nobody_listens_nothing_is_kept(fees):
    publish(fees, title="Costs")
    tasks.announce_page_changes(0)
    assert not Event.objects.exists()
    assert not KnownPage.objects.exists()


def test_a_new_endpoint_gets_no_earlier_events(fees, endpoint):
    tasks.announce_page_changes(0)
    assert not Event.objects.exists()
    endpoint.is_active = False
    endpoint.save()
    tasks.announce_page_changes(0)
    assert not KnownPage.objects.exists()


def test_the_bulk_actions_of_the_admin_are_announced_once(admin_client, home, fees, announced):
    other = InfoPageFactory(parent=home, slug="other")
    announced()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    admin_client.post(f"{address}?id={fees.pk}&id={other.pk}")
    assert announced()["page.unpublished"].paths == ["/fees/", "/other/"]


def test_looking_costs_the_same_however_many_pages(endpoint, home, announced):
    for number in range(2):
        InfoPageFactory(parent=home, slug=f"few-{number}")
    with CaptureQueriesContext(connection) as few:
        announce_page_changes()
    for number in range(8):
        InfoPageFactory(parent=home, slug=f"more-{number}")
    with CaptureQueriesContext(connection) as many:
        announce_page_changes()
    assert len(many) == len(few) <= 10
