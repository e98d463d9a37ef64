"""Every page of the demo: what stands in for a picture, when it loads, and where a problem is reported."""

from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest

from core.models import PracticeImage, ReviewedPage
from core.renditions import picture
from home.models import PracticeSettings
from tests.demo.reader import Reader, public_pages
from therapists.models import TherapistPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]


def test_pictures_have_words_a_size_and_load_when_needed_and_problems_have_a_way(reader: Reader) -> None:
    email = PracticeSettings.objects.get().contact_email
    pictures = 0
    for page in public_pages():
        answer = reader.read(page.get_url())
        assert answer.status == HTTPStatus.OK, page
        for image in answer.soup.select("main img"):
            pictures += 1
            assert image.has_attr("alt"), page
            assert image["width"] and image["height"], page
            assert image.get("loading") == "lazy" or image.get("fetchpriority") == "high", page
        if isinstance(page, ReviewedPage | TherapistPage):
            link = urlsplit(answer.soup.select_one("main a[href^=mailto]")["href"])
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
