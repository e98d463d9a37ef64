"""Pictures that cannot be shown take nothing down with them, and others are told as they are served."""

from contextlib import nullcontext
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from core.blocks.media import FigureBlock
from core.image_files import make_fit
from core.models import PracticeImage
from home.models import PracticeSettings
from tests.core.test_image_files import camera_notes, saved
from tests.factories.home import InfoPageFactory, PracticeImageFactory, make_site
from tests.factories.therapists import TherapistIndexPageFactory, TherapistPageFactory

pytestmark = pytest.mark.django_db

CAPTION = "Where we meet on Mondays"
DESCRIPTION = "Two chairs by a window"


def publish_with(image):
    """A practice whose pages show one picture everywhere that a picture can stand."""
    home = make_site()
    page = InfoPageFactory(
        parent=home,
        slug="fees",
        social_image=image,
        body=[("figure", {"image": image, "caption": CAPTION}), ("paragraph", "<p>Open words</p>")],
    )
    image.contextual_alt_text = DESCRIPTION
    TherapistPageFactory(parent=TherapistIndexPageFactory(parent=home), slug="anna", portrait=image)
    PracticeSettings.objects.update(share_image=image)
    return page


def gone(file):
    file.unlink()


def cut_off(file):
    file.write_bytes(file.read_bytes()[:200])


def no_picture(file):
    file.write_bytes(b"<html>not a picture</html>")


def empty(file):
    file.write_bytes(b"")


def a_folder(file):
    file.unlink()
    file.mkdir()


def of_sixteen_bits(file):
    """As one was that had come in before such were converted."""
    file.write_bytes(saved(Image.new("I;16", (400, 300)), "PNG"))


@pytest.fixture(params=[gone, cut_off, no_picture, empty, a_folder, of_sixteen_bits])
def broken(request, search_index):
    image = PracticeImageFactory(file__width=400, file__height=300, title="Broken")
    page = publish_with(image)
    request.param(Path(image.file.path))
    return page


PAGES = ["/", "/fees/", "/therapists/", "/therapists/anna/", "/sitemap.xml", "/feed/", "/search/?query=anna"]
LISTS = ["images/", "pages/", "pages/?fields=*", "therapists/", "site/", "search/?query=anna"]
ADMIN = [
    "images/", "images/{image}/", "images/usage/{image}/", "images/chooser/", "pages/{page}/edit/",
    "pages/{page}/", "settings/home/practicesettings/", "api/main/images/",
]  # fmt: skip


def test_pages_are_shown_without_a_picture_that_is_broken(client, broken):
    for address in PAGES:
        answer = client.get(address)
        assert answer.status_code == 200, address
        html = answer.content.decode()
        assert "not-found" not in html
        assert "og:image" not in html
        assert ("<figure" in html) == (CAPTION in html), address


def test_lists_of_the_api_are_answered_without_it(client, broken, caplog):
    for address in LISTS:
        answer = client.get(f"/api/v2/{address}")
        assert answer.status_code == 200, address
        assert '"src"' not in answer.content.decode()
    page = client.get(f"/api/v2/pages/{broken.pk}/").json()
    assert (page["social_image"], page["meta"]["seo"]["picture"]) == (None, None)
    assert page["body"][0]["value"]["image"] is None
    [row] = client.get("/api/v2/images/").json()["items"]
    assert row["picture"] is None
    image = PracticeImage.objects.get()
    assert f"The image {image.pk} ({image.file.name}) cannot be shown" in caplog.text


def test_the_admin_lists_it_all_the_same(client, broken):
    client.force_login(User.objects.create_superuser("admin"))
    image = PracticeImage.objects.get()
    for address in ADMIN:
        answer = client.get(f"/admin/{address}".format(image=image.pk, page=broken.pk), follow=True)
        assert answer.status_code == 200, address


@pytest.fixture
def turned():
    """A photograph that its camera held sideways, as it is after the upload."""
    file = ContentFile(
        saved(Image.new("RGB", (1800, 2400)), "JPEG", exif=camera_notes(orientation=6).tobytes()),
        name="turned.jpg",
    )
    make_fit(file)
    return PracticeImage.objects.create(title="Turned", file=file, description=DESCRIPTION)


def size_of(address):
    path = address.partition("/media/")[2]
    with PracticeImage.file.field.storage.open(path) as file, Image.open(file) as picture:
        return picture.size


@pytest.mark.guide(
    "Pictures need a text for those who cannot see them, or the tick that they are decoration.",
)
def test_a_picture_has_words_or_is_said_to_be_decoration():
    image = PracticeImageFactory()
    block = FigureBlock()
    for words, is_decoration, is_taken in (("", False, False), ("Two chairs", False, True), ("", True, True)):
        image.contextual_alt_text, image.decorative = words, is_decoration
        value = block.normalize({"image": image, "caption": ""})
        with nullcontext() if is_taken else pytest.raises(ValidationError):
            block.clean(value)


def test_sizes_are_told_as_served(client, turned):
    page = publish_with(turned)
    answer = client.get(f"/api/v2/pages/{page.pk}/").json()
    for picture in (answer["social_image"], answer["body"][0]["value"]["image"]):
        assert (picture["width"], picture["height"]) == size_of(picture["src"]) == (1440, 1080)
        for by_type in picture["srcset"].values():
            for candidate in ", ".join(by_type.values()).split(", "):
                address, width = candidate.split()
                assert width == f"{size_of(address)[0]}w"
    shared = answer["meta"]["seo"]["picture"]
    assert (shared["width"], shared["height"]) == size_of(shared["url"])

    html = BeautifulSoup(client.get("/fees/").content, "html.parser")
    shown = html.select_one("figure img")
    assert (int(shown["width"]), int(shown["height"])) == size_of(shown["src"])
    assert int(shown["width"]) > int(shown["height"])
    card = {meta["property"]: meta["content"] for meta in html.select('meta[property^="og:image"]')}
    assert (int(card["og:image:width"]), int(card["og:image:height"])) == size_of(card["og:image"])
