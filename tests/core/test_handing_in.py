"""A page is handed in, comes back with a comment and goes public, and its history keeps who changed what."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import InfoPage
from tests.factories.home import InfoPageFactory, make_site

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_connection"),  # Wagtail tells moderators
]


@pytest.fixture
def site() -> SimpleNamespace:
    people = {}
    for name, role in (("edie", "Content editor"), ("rowan", "Moderators")):
        person = User.objects.create_user(name, f"{name}@example.org", "password")
        person.groups.add(Group.objects.get(name=role))
        people[name] = Client()
        people[name].force_login(person)
    page = InfoPageFactory(parent=make_site(), title="Fees", slug="fees", live=False, summary="Old words.")
    page.save_revision()
    return SimpleNamespace(page=page, **people)


def hand_in(site: SimpleNamespace, summary: str) -> None:
    sent = {"title": "Fees", "slug": "fees", "summary": summary, "other_words": "", "body": streamfield([])}
    sent |= {"comments": inline_formset([]), "action-submit": "yes"}
    answer = site.edie.post(edit(site.page), nested_form_data(sent))
    assert answer.status_code == 302, answer.context["form"].errors


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def decide(site: SimpleNamespace, action: str, **said: str) -> InfoPage:
    state = InfoPage.objects.get(pk=site.page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[site.page.pk, action, state.pk])
    site.rowan.post(address, said)
    return InfoPage.objects.get(pk=site.page.pk)


@pytest.mark.guide(
    "Publishing goes through the workflow: hand in, get it back with comments or see it published.",
)
def test_it_comes_back_with_a_comment_or_is_published(site: SimpleNamespace) -> None:
    hand_in(site, "New words.")
    assert not decide(site, "reject", comment="Say what it costs.").live
    assert "Say what it costs." in site.edie.get(edit(site.page)).text
    hand_in(site, "Sixty pounds.")
    page = decide(site, "approve")
    assert (page.live, page.summary) == (True, "Sixty pounds.")


@pytest.mark.guide(
    "Reports → Site history shows who changed what; Compare on a page's history shows the words.",
)
def test_the_history_says_who_changed_what_and_compares_the_words(site: SimpleNamespace) -> None:
    hand_in(site, "New words.")
    report = BeautifulSoup(
        site.rowan.get(reverse("wagtailadmin_reports:site_history")).content, "html.parser"
    )
    rows = [" ".join(row.get_text(" ").split()) for row in report.select("main tbody tr")]
    assert any("Fees" in row and "edie" in row and "Draft saved" in row for row in rows), rows
    history = site.rowan.get(reverse("wagtailadmin_pages:history", args=[site.page.pk])).text
    first, last = site.page.revisions.order_by("pk").values_list("pk", flat=True)
    compared = reverse("wagtailadmin_pages:revisions_compare", args=[site.page.pk, first, last])
    assert compared in history
    words = BeautifulSoup(site.rowan.get(compared).content, "html.parser")
    assert words.select_one(".deletion").get_text() == "Old"
    assert words.select_one(".addition").get_text() == "New"
