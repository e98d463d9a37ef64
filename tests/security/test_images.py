"""Pictures and documents that are not what they seem get a clear answer, and nothing is kept of them."""

import re
import zlib
from struct import pack

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents.models import Document
from wagtail.models import Collection, UploadedFile

from core.content_api.representation.pictures import rules_of
from core.models import PracticeImage
from core.renditions import OPERATIONS, SHARED
from tests.core.test_image_files import WEBP_OF_34_BYTES, camera_notes, saved

pytestmark = pytest.mark.django_db


def png_of(side):
    """A picture of one colour whose few bytes unpack to `side` × `side` pixels."""

    def chunk(kind, data):
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj()
    row = bytes(1 + side // 8 + 1)
    pixels = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


#: The ways in which an editor uploads a picture.
DOORS = ["wagtailimages:add", "wagtailimages_chooser:create", "wagtailimages:add_multiple"]


def send(client, door, name, content, title="A picture"):
    prefix = "image-chooser-upload-" if "chooser" in door else ""
    file = "files[]" if "multiple" in door else f"{prefix}file"
    return client.post(
        reverse(door),
        {
            f"{prefix}title": title,
            f"{prefix}collection": Collection.get_first_root_node().pk,
            file: SimpleUploadedFile(name, content),
        },
    )


@pytest.fixture
def admin(client):
    client.force_login(get_user_model().objects.create_superuser("admin"))
    return client


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.png", png_of(11_000)),
        ("greater-bomb.png", png_of(40_000)),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("page.gif", b"GIF89a<script>alert(1)</script>"),
        ("nothing.jpg", b""),
        ("cut.png", png_of(2000)[:200]),
        ("program.php.png", b"<?php echo 1;"),
        ("bomb.webp", WEBP_OF_34_BYTES),
        ("print.tiff", saved(Image.new("RGB", (8, 8)), "TIFF")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("door", DOORS)
def test_a_picture_that_is_none_is_refused(admin, door, name, content):
    answer = send(admin, door, name, content)
    assert answer.status_code == 200
    assert not PracticeImage.objects.exists()
    assert b"error" in answer.content


@pytest.mark.parametrize("name", ["page.html", "page.svg", "page.js", "page.xhtml", "page.pdf.html"])
def test_a_document_that_browsers_would_run_is_refused(admin, name):
    answer = admin.post(
        reverse("wagtaildocs:add"),
        {
            "title": "A page",
            "collection": Collection.get_first_root_node().pk,
            "file": SimpleUploadedFile(name, b"<script>alert(1)</script>"),
        },
    )
    assert answer.status_code == 200
    assert not Document.objects.exists()


def test_a_document_is_handed_over_and_never_run(client):
    document = Document.objects.create(
        title="A page", file=SimpleUploadedFile("page.html", b"<script>alert(1)</script>"), file_size=25
    )
    answer = client.get(document.url)
    answer.getvalue()  # closes the file
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("door", DOORS)
def test_a_whole_picture_is_kept(admin, door):
    send(admin, door, "whole.png", png_of(16))
    picture = PracticeImage.objects.get()
    assert (picture.width, picture.file_size) == (16, len(png_of(16)))
    assert picture.get_rendition("width-8").width == 8


@pytest.mark.guide(
    "Photographs of phones are taken as they are, HEIC too: they are turned upright and made smaller, and "
    "what the camera noted, such as the place, is not kept.",
)
@pytest.mark.parametrize("door", DOORS)
def test_a_photograph_of_a_phone_is_converted(admin, door):
    send(
        admin, door, "IMG_1234.heic", saved(Image.new("RGB", (40, 30)), "HEIF", exif=camera_notes().tobytes())
    )
    picture = PracticeImage.objects.get()
    assert re.fullmatch(r"original_images/IMG_1234\w*\.jpg", picture.file.name)
    assert (picture.width, picture.height, picture.file_size) == (40, 30, picture.file.size)
    assert b"PhoneMaker" not in picture.file.read()


@pytest.mark.guide(
    "Photographs of phones are taken as they are, HEIC too: they are turned upright and made smaller, and "
    "what the camera noted, such as the place, is not kept.",
)
@pytest.mark.parametrize("door", DOORS)
def test_a_turned_photograph_is_measured_as_it_is_shown(admin, door):
    content = saved(Image.new("RGB", (60, 80)), "JPEG", exif=camera_notes(orientation=6).tobytes())
    send(admin, door, "turned.jpg", content)
    picture = PracticeImage.objects.get()
    shown = picture.get_rendition("max-40x40|format-webp")
    assert (picture.width, picture.height) == (80, 60)
    assert (shown.width, shown.height) == (40, 30)


def test_a_file_whose_title_is_wrong_is_converted_too(admin):
    """It waits for its title as it was sent: the form of several uploads keeps it aside."""
    send(
        admin,
        "wagtailimages:add_multiple",
        "IMG_1.heic",
        saved(Image.new("RGB", (40, 30)), "HEIF"),
        "x" * 300,
    )
    waiting = UploadedFile.objects.get()
    assert waiting.file.name.endswith(".jpg")
    assert Image.open(waiting.file).format == "JPEG"


def test_another_file_for_a_picture_is_converted_too(admin):
    send(admin, "wagtailimages:add", "whole.png", png_of(16))
    picture = PracticeImage.objects.get()
    content = saved(Image.new("RGB", (40, 30)), "HEIF")
    admin.post(
        reverse("wagtailimages:edit", args=[picture.pk]),
        {
            "title": "A picture",
            "collection": Collection.get_first_root_node().pk,
            "file": SimpleUploadedFile("IMG_2.heic", content),
        },
    )
    picture.refresh_from_db()
    assert re.fullmatch(r"original_images/IMG_2\w*\.jpg", picture.file.name)


SENT = {
    **{f"{mode}.png": ("PNG", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")},
    **{f"{mode}.jpg": ("JPEG", mode) for mode in ("L", "RGB", "CMYK")},
    **{f"{mode}.webp": ("WEBP", mode) for mode in ("RGB", "RGBA")},
    **{f"{mode}.gif": ("GIF", mode) for mode in ("L", "P")},
    **{f"{mode}.avif": ("AVIF", mode) for mode in ("L", "RGB", "RGBA")},
    **{f"{mode}.heic": ("HEIF", mode) for mode in ("RGB", "RGBA")},
}


@pytest.mark.parametrize("name", SENT)
def test_whatever_is_taken_can_be_shown_in_every_part(admin, name):
    image_format, mode = SENT[name]
    options = {"transparency": 0} if mode in ("L", "P") and image_format in ("PNG", "GIF") else {}
    send(admin, DOORS[0], name.replace(";", ""), saved(Image.new(mode, (60, 40)), image_format, **options))
    picture = PracticeImage.objects.get()
    roles = [*rules_of(list(OPERATIONS)), SHARED, "max-165x165", "original"]
    assert set(picture.get_renditions(*roles)) == set(roles)
    [row] = admin.get("/api/v2/images/").json()["items"]
    assert row["picture"]["src"]
