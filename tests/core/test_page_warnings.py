"""What an editor is told of a page, on every way by which its words become public."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Task, Workflow, WorkflowTask

from tests.factories.home import make_site
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    DimensionValueFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.factories.therapists import TherapistIndexPageFactory, TherapistPageFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_connection"),  # Wagtail tells moderators
]


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin", "admin@example.org", "password"))
    return client


def at_odds_with_a_fact() -> tuple[Page, str]:
    therapy = TherapyPageFactory(
        parent=TherapyIndexPageFactory(parent=make_site()),
        abbreviation="SAT",
        summary="SAT cures, and takes 40 sessions.",
        live=False,
    )
    lasting = {"minimum": 16, "maximum": 16, "unit": "sessions", "short_value": ""}
    DimensionValueFactory(therapy=therapy, dimension=ComparisonDimensionFactory(key="duration"), **lasting)
    return type(therapy).objects.get(pk=therapy.pk), "does not fit what is recorded for SAT"


def without_registration() -> tuple[Page, str]:
    directory = TherapistIndexPageFactory(parent=make_site())
    return TherapistPageFactory(parent=directory, registration=None, live=False), "has no registration"


def told(response: object) -> list[str]:
    return [str(message) for message in response.context["messages"]]  # type: ignore[attr-defined]


def moderated(page: Page) -> None:
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.first())
    workflow.start(page, None)


def as_its_reviewer_opens_it(admin: Client, page: Page) -> list[str]:
    moderated(page)
    return told(admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))


def approved(admin: Client, page: Page) -> list[str]:
    moderated(page)
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    response = admin.post(address, {}, follow=True)
    assert Page.objects.get(pk=page.pk).live
    return told(response)


def in_bulk(admin: Client, page: Page) -> list[str]:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = admin.post(f"{address}?id={page.pk}", {}, follow=True)
    assert Page.objects.get(pk=page.pk).live
    return told(response)


@pytest.mark.parametrize("way", [as_its_reviewer_opens_it, approved, in_bulk])
@pytest.mark.parametrize("made", [at_odds_with_a_fact, without_registration])
def test_what_is_wrong_is_told_once(
    admin: Client, made: Callable[[], tuple[Page, str]], way: Callable[[Client, Page], list[str]]
) -> None:
    page, words = made()
    page.save_revision()
    assert sum(words in sentence for sentence in way(admin, page)) == 1
