"""The demo's own pages pass what editors are warned of: a warning there would be noise, or our fault."""

import pytest
from wagtail.models import Page, Site

from core.admin.content_checks import failed_checks
from core.visibility import public

pytestmark = pytest.mark.django_db


def test_no_page_of_the_demo_is_warned_of(demo_site: Site) -> None:
    pages = public(Page.objects.descendant_of(demo_site.root_page, inclusive=True)).specific()

    told = {page.url: failed for page in pages if (failed := failed_checks(page))}

    assert told == {}
