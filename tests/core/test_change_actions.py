"""The buttons of the editor: which comes first for whom, and what they say of the change."""

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from core.reviews.signing import sign_off
from home.models import InfoPage
from tests.factories.home import InfoPageFactory, ReviewerFactory, make_site

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_connection"),  # Wagtail tells moderators
]
TODAY = timezone.localdate()
DUE = TODAY.replace(year=TODAY.year + 1, day=1)


@pytest.fixture(scope="module")
def site(module_database: None, django_db_blocker: DjangoDbBlocker) -> SimpleNamespace:
    with django_db_blocker.unblock():
        people = {}
        for role in ("Content editor", "Moderators"):
            people[role] = User.objects.create_user(role, "someone@example.org", "password")
            people[role].groups.add(Group.objects.get(name=role))
        page = InfoPageFactory(parent=make_site(), slug="fees", live=False)
        revision = page.save_revision()
        sign_off(page, revision, ReviewerFactory(), next_due=DUE)
        revision.publish()
        return SimpleNamespace(pk=page.pk, people=people)


def edit(site: SimpleNamespace) -> str:
    return reverse("wagtailadmin_pages:edit", args=[site.pk])


def buttons(client: Client, address: str) -> list[tuple[str, str]]:
    """Return the name of each action, the first one first, and what it says of the change."""
    menu = client.get(address).context["action_menu"]
    return [(item.name, getattr(item, "kind", "")) for item in (menu.default_item, *menu.menu_items)]


def pressed_by_enter(client: Client, address: str) -> Tag:
    """Return the button that Enter in a field presses: the first one of the form, hidden or not."""
    button = BeautifulSoup(client.get(address).text, "html.parser").select_one("footer [type=submit]")
    assert button
    return button


def sent(site: SimpleNamespace, **changes: Any) -> dict[str, Any]:
    page = InfoPage.objects.get(pk=site.pk)
    usual = {
        "title": page.title,
        "slug": page.slug,
        "summary": "Other words.",
        "other_words": "",
        "body": streamfield([]),
        "comments": inline_formset([]),
    }
    return nested_form_data(usual | changes)


@pytest.mark.guide(
    "Where you cannot publish, handing in is the first button: drafts are saved as you type, and Save draft "
    "stands above it.",
)
def test_who_cannot_publish_hands_in_with_the_first_button(client: Client, site: SimpleNamespace) -> None:
    client.force_login(site.people["Content editor"])
    asked = [("action-submit", "small"), ("action-submit", "review")]
    assert buttons(client, edit(site))[:2] == asked
    assert not pressed_by_enter(client, edit(site)).get("name")  # saves a draft
    client.force_login(site.people["Moderators"])
    for_moderators = buttons(client, edit(site))
    assert for_moderators[0][0] == "action-save-draft"
    assert {*asked, ("action-publish", "small"), ("action-publish", "review")} < set(for_moderators)


@pytest.mark.guide(
    "When you hand in or publish other words than those that were reviewed, the buttons ask: a small "
    "correction, or does it need review?",
)
def test_the_button_answers_what_kind_of_change_it_is(client: Client, site: SimpleNamespace) -> None:
    client.force_login(site.people["Content editor"])
    answer = client.post(edit(site), sent(site, **{"action-submit": "Submit to Moderators approval"}))
    assert "kind_of_change" in answer.context["form"].errors
    assert client.post(edit(site), sent(site, **{"action-submit": "small"})).status_code == 302
    page = InfoPage.objects.get(pk=site.pk)
    assert page.workflow_in_progress
    assert page.get_latest_revision_as_object().kind_of_change == "small"
    client.force_login(site.people["Moderators"])
    assert not any(kind for name, kind in buttons(client, edit(site)))  # who decides is asked in the form
    page.latest_revision.publish()
    assert InfoPage.objects.get(pk=site.pk).corrected_on == TODAY


def test_a_new_source_is_handed_in_with_the_first_button_too(client: Client, site: SimpleNamespace) -> None:
    address = reverse("wagtailsnippets_therapies_reference:add")
    client.force_login(site.people["Content editor"])
    assert buttons(client, address)[0][0] == "action-submit"
    assert not pressed_by_enter(client, address).get("name")
    client.force_login(site.people["Moderators"])
    assert buttons(client, address)[0][0] == "action-save"
