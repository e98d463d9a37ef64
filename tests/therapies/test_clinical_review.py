"""What is said about health is handed in to a workflow that a clinical reviewer ends, on every site."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Page

from core.reviews.review_lines import line_of
from tests.factories.home import InfoPageFactory, ReviewerFactory, make_site
from tests.factories.therapies import (
    ComparisonPageFactory,
    ConcernIndexPageFactory,
    ConcernPageFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from therapies.models import TherapyPage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_connection"),  # Wagtail tells moderators
]


@pytest.fixture(scope="module")
def site(module_database: None, django_db_blocker: DjangoDbBlocker) -> SimpleNamespace:
    with django_db_blocker.unblock():
        home = make_site()
        therapies = TherapyIndexPageFactory(parent=home)
        therapy, other = (TherapyPageFactory(parent=therapies, slug=slug, live=False) for slug in "ab")
        people = {}
        for role in ("Moderators", "Clinical reviewer"):
            people[role] = User.objects.create_user(role, f"{role[0]}@example.org", "password")
            people[role].groups.add(Group.objects.get(name=role))
        return SimpleNamespace(
            therapy=therapy,
            comparison=ComparisonPageFactory(
                parent=therapies, slug="c", first=therapy, second=other, live=False
            ),
            concern=ConcernPageFactory(parent=ConcernIndexPageFactory(parent=home), live=False),
            information=InfoPageFactory(parent=home, live=False),
            moderator=people["Moderators"],
            clinician=people["Clinical reviewer"],
        )


def steps(page: Page) -> list[str]:
    return [str(task) for task in page.get_workflow().tasks]


@pytest.mark.guide(
    "A Clinical reviewer signs the saved draft off in the Review tab, or by approving it in the workflow "
    "Clinical review: therapies and comparisons with their facts, and concerns, are handed in to it.",
)
def test_therapies_comparisons_and_concerns_are_handed_in_to_it(site: SimpleNamespace) -> None:
    for page in (site.therapy, site.comparison, site.concern):
        assert steps(page) == ["Moderators approval", "Clinical review"]
    assert steps(site.information) == ["Moderators approval"]


def hand_in(page: Page) -> None:
    draft = TherapyPage.objects.get(pk=page.pk)
    draft.save_revision()
    draft.get_workflow().start(draft, None)


def approve(client: Client, person: User, page: Page) -> TherapyPage:
    client.force_login(person)
    state = TherapyPage.objects.get(pk=page.pk).current_workflow_task_state
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]), {})
    return TherapyPage.objects.get(pk=page.pk)


@pytest.mark.guide(
    "Moderators: read what was handed in, and publish it, or pass it on to clinical review.",
    "Clinical reviewer: signs off what is said about health, in the name of a reviewer, and publishes",
    "There a moderator reads first, and then the clinician signs off, which publishes.",
)
def test_a_moderator_passes_it_on_and_a_clinician_signs_it_off(client: Client, site: SimpleNamespace) -> None:
    reviewer = ReviewerFactory(account=site.clinician)
    hand_in(site.therapy)
    read = approve(client, site.moderator, site.therapy)
    assert (read.live, str(read.current_workflow_task)) == (False, "Clinical review")
    assert not approve(client, site.moderator, site.therapy).live  # nobody else ends it
    signed = approve(client, site.clinician, site.therapy)
    assert (signed.live, signed.workflow_in_progress) == (True, False)
    assert (line_of(signed).last_reviewed, signed.reviewer) == (timezone.localdate(), reviewer)


@pytest.mark.guide("While nobody can sign off, the moderator's approval publishes.")
def test_where_nobody_can_sign_off_a_moderator_publishes(client: Client, site: SimpleNamespace) -> None:
    hand_in(site.therapy)
    page = approve(client, site.moderator, site.therapy)
    assert (page.live, page.last_reviewed) == (True, None)
