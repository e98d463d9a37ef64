"""A front end may ask for pictures in widths of a list, so that it need not resize them again."""

import pytest
from django.conf import settings
from wagtail.models import Collection, CollectionViewRestriction

from core.models import PracticeRendition
from tests.factories.home import InfoPageFactory, PracticeImageFactory, make_site


@pytest.fixture
def image(db):
    return PracticeImageFactory(file__width=1200, file__height=600)


@pytest.fixture
def page(image):
    body = [("figure", {"image": image, "caption": ""})]
    return InfoPageFactory(parent=make_site(), slug="fees", social_image=image, body=body)


def widths(picture, media_type="image/webp"):
    return [entry.split()[1] for entry in picture["srcset"]["widths"][media_type].split(", ")]


def test_a_picture_is_given_in_the_widths_that_are_asked_for(read, image):
    [plain] = read("images/")["items"]
    [wide] = read("images/?image_widths=640,320")["items"]

    assert "widths" not in plain["picture"]["srcset"]
    assert wide["picture"]["srcset"]["figure"] == plain["picture"]["srcset"]["figure"]
    for media_type in wide["picture"]["formats"]:
        assert widths(wide["picture"], media_type) == ["320w", "640w"]
    assert widths(read(f"images/{image.pk}/?image_widths=1600")["picture"]) == ["1200w"]  # not enlarged


def test_pictures_of_pages_are_given_in_them_too(read, page):
    answer = read("pages/find/?html_path=/fees/&image_widths=320")
    [row] = read("pages/?type=home.InfoPage&fields=*&image_widths=320")["items"]
    [child] = read("pages/find/?html_path=/&image_widths=320")["meta"]["children"]

    for picture in (answer["social_image"], answer["body"][0]["value"]["image"], row["social_image"]):
        assert widths(picture) == ["320w"]
    assert widths(child["picture"]) == ["320w"]


@pytest.mark.parametrize("given", ["321", "1", "640,1000000", "-640", "wide", "1e3"])
def test_no_other_width_is_made(read, image, given):
    error = read(f"images/?image_widths={given}", status=400)["errors"]["image_widths"]

    assert error in (["Choose among: 320, 640, 1080, 1600."], ["Give a whole number from 320 to 1600."])
    assert not PracticeRendition.objects.exists()


def test_each_is_made_once(read, page, django_assert_num_queries):
    every = ",".join(map(str, settings.API_IMAGE_WIDTHS))
    first = read(f"images/?image_widths={every}")
    made = set(PracticeRendition.objects.values_list("pk", flat=True))

    with django_assert_num_queries(4):  # how many, rows, tags, renditions
        assert read(f"images/?image_widths={every}") == first
    assert set(PracticeRendition.objects.values_list("pk", flat=True)) == made


def test_none_is_made_of_a_private_picture(read, page, image):
    image.collection = Collection.get_first_root_node().add_child(name="Private")
    image.save()
    CollectionViewRestriction.objects.create(collection=image.collection, restriction_type="login")

    answer = read("pages/find/?html_path=/fees/&image_widths=320")

    assert answer["social_image"] is None
    assert read("images/?image_widths=320")["items"] == []
    assert not image.renditions.exists()
