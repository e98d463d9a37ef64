"""Every page of the demo: what stands in for a picture, when it loads, and where a problem is reported."""

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from home.models import PracticeImage, PracticeSettings, ReviewedPage
from home.renditions import picture
from home.visibility import public
from therapists.models import TherapistPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]


def pages(client: Client) -> Iterator[tuple[Page, BeautifulSoup]]:
    for page in public(Page.objects.filter(depth__gt=1)).specific():
        answer = client.get(page.get_url(), headers={"host": "localhost"})
        assert answer.status_code == HTTPStatus.OK, page
        yield page, BeautifulSoup(answer.content, "html.parser")


def test_pictures_have_words_a_size_and_load_when_needed_and_problems_have_a_way(client: Client) -> None:
    email = PracticeSettings.objects.get().contact_email
    pictures = 0
    for page, soup in pages(client):
        for image in soup.select("main img"):
            pictures += 1
            assert image.has_attr("alt"), page
            assert image["width"] and image["height"], page
            assert image.get("loading") == "lazy" or image.get("fetchpriority") == "high", page
        if isinstance(page, ReviewedPage | TherapistPage):
            link = urlsplit(soup.select_one("main a[href^=mailto]")["href"])
            assert link.path == email
            assert page.full_url in parse_qs(link.query)["subject"][0]
    assert pictures > 20


def test_a_focal_point_decides_what_is_kept_of_a_portrait() -> None:
    portrait = PracticeImage.objects.order_by("pk").first()
    as_it_is = picture(portrait, "portrait_card").__html__()
    portrait.focal_point_x = portrait.focal_point_y = 40
    portrait.focal_point_width = portrait.focal_point_height = 40
    portrait.save()
    moved = picture(PracticeImage.objects.get(pk=portrait.pk), "portrait_card").__html__()
    assert moved != as_it_is
