"""Cards and profiles with photographs of every shape, as they are with the demo's drawings."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.screenshots import IS_WANTED, keep_screenshot
from tests.factories.photographs import PHOTOGRAPHS
from therapists.models import TherapistPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ALL_THERE = """() => [...document.querySelectorAll('img.portrait')].every(img => {
    img.loading = 'eager';
    return img.complete && img.naturalWidth;
})"""
SHAPES = """() => [...document.querySelectorAll('img.portrait')].map(
    img => [img.naturalWidth / img.naturalHeight, img.offsetWidth / img.offsetHeight])"""


@pytest.fixture(scope="module")
def photographed(site_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of somebody who is shown with a photograph, as everybody is."""
    with django_db_blocker.unblock():
        images = [photograph.stored(number) for number, photograph in enumerate(PHOTOGRAPHS)]
        for number, page in enumerate(TherapistPage.objects.order_by("pk")):
            page.portrait = images[number % len(images)]
            page.save()
        yield TherapistPage.objects.published().order_by("pk")[0].url


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_photographs_have_the_shape_of_the_arch(
    photographed: str, site_url: str, browser: Browser, width: int
) -> None:
    schemes: list[Literal["light", "dark"]] = ["light", "dark"] if IS_WANTED else ["light"]
    for scheme in schemes:
        context = browser.new_context(
            base_url=site_url, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page = context.new_page()
        for name, address in (("directory", "/therapists/"), ("profile", photographed)):
            page.goto(address)
            portraits = page.locator("img.portrait")
            expect(portraits.first).to_be_visible()
            page.wait_for_function(ALL_THERE)
            for shape in page.evaluate(SHAPES):
                assert shape == pytest.approx([0.8, 0.8], abs=0.01)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            keep_screenshot(page, f"photographs-{name}-{width}-{scheme}")
        context.close()
