"""What the editor of every page type offers, whatever tabs the type adds."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from core.content_api.representation.page_types import page_types
from core.models import ReviewedPage
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.therapies import TherapyIndexPageFactory, TherapyPageFactory
from therapies.models import TherapyPage

pytestmark = pytest.mark.django_db


def form_class(page_type: type[Page]) -> type[WagtailAdminPageForm]:
    return page_type.get_edit_handler().get_form_class()


def headings(page_type: type[Page]) -> list[str]:
    return [str(tab.heading) for tab in page_type.get_edit_handler().children]


@pytest.mark.parametrize("page_type", page_types(), ids=lambda page_type: page_type.__name__)
def test_every_page_type_offers_a_schedule_comments_and_all_its_panels(page_type: type[Page]) -> None:
    form = form_class(page_type)
    assert {"title", "slug", "go_live_at", "expire_at", "comment_notifications"} <= set(form.base_fields)
    assert "comments" in form.formsets
    assert headings(page_type)[-2:] == ["Promote", "Settings"]
    assert ("Review" in headings(page_type)) == issubclass(page_type, ReviewedPage)


@pytest.mark.guide("List of therapies → Therapy: an article, with its facts and its evidence")
def test_a_type_adds_its_tabs_between_content_and_promotion() -> None:
    expected = ["Article", "Facts", "Evidence", "Review", "Promote", "Settings"]
    assert headings(TherapyPage) == expected


@pytest.mark.guide(
    "To publish later, or to take something down on a day, set a schedule in the side panel Status.",
)
def test_the_schedule_is_in_the_side_panel_and_needs_no_tab(admin_client: Client) -> None:
    therapy = TherapyPageFactory(parent=TherapyIndexPageFactory(parent=make_site()))
    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[therapy.pk])).content.decode()
    soup = BeautifulSoup(html, "html.parser")
    shown = [next(tab.stripped_strings) for tab in soup.select("[role=tab]")]
    assert shown[:5] == ["Article", "Facts", "Evidence", "Review", "Promote"]
    assert "Settings" not in shown
    assert soup.select_one("button[data-a11y-dialog-show=schedule-publishing-dialog]")
    assert 'name="go_live_at"' in html


@pytest.mark.guide(
    "To publish later, or to take something down on a day, set a schedule in the side panel Status.",
)
def test_a_page_with_tabs_is_published_on_the_day_that_was_set(admin_client: Client) -> None:
    page = InfoPageFactory(parent=make_site(), title="Fees", live=False)
    day = timezone.localtime() + timedelta(days=3)
    sent = {
        "title": "Fees",
        "slug": page.slug,
        "summary": "",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        "go_live_at": day.strftime("%Y-%m-%d %H:%M"),
        "action-publish": "Publish",
    }
    admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)
    page.refresh_from_db()
    assert not page.live
    assert page.scheduled_revision.approved_go_live_at.date() == day.date()
