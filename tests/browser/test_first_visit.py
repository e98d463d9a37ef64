"""What a phone fetches on its first visit to a page that begins with portraits, as Lighthouse counts it."""

import gzip

import brotli
import pytest
from playwright.sync_api import Browser, Response

from tests.browser.page_types import PUBLIC

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

#: One kilobyte less than is promised: whose portrait is fetched, being first in the list, is drawn each day.
MOST_BYTES = 59 * 1024
COMPRESSED_IN_THEMSELVES = ("font/", "image/avif", "image/webp")
#: Width, height, and pixels of the screen for one of the page. The second is what Lighthouse measures with.
PHONES = [(390, 844, 1), (412, 823, 1.75), (390, 844, 3)]
WITH_PORTRAITS = ["directory", "profile", "therapists-compared"]


def sent_bytes(response: Response) -> int:
    """Return the bytes of an answer with its headers, compressed as the shipped server does it."""
    body = response.body()
    if not response.headers["content-type"].startswith(COMPRESSED_IN_THEMSELVES):
        body = brotli.compress(body) if "/static/" in response.url else gzip.compress(body)
    return len(body) + response.request.sizes()["responseHeadersSize"]


@pytest.mark.parametrize("phone", PHONES, ids=lambda phone: f"{phone[0]} px at {phone[2]}")
@pytest.mark.parametrize("name", WITH_PORTRAITS)
def test_is_light_with_its_portraits(
    site_url: str, browser: Browser, name: str, phone: tuple[int, int, float]
) -> None:
    width, height, density = phone
    context = browser.new_context(
        base_url=site_url,
        viewport={"width": width, "height": height},
        device_scale_factor=density,
        is_mobile=True,
    )
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(PUBLIC[name])
    # A browser without a window fetches no icon for its tab; a phone, and so Lighthouse, does.
    page.evaluate("fetch(document.querySelector('link[rel=icon]').href)")
    page.wait_for_load_state("networkidle")
    sizes = {answer.url: sent_bytes(answer) for answer in answers}
    context.close()
    assert any("favicon" in url for url in sizes)
    assert any(".avif" in url for url in sizes)
    assert sum(sizes.values()) <= MOST_BYTES, sizes
