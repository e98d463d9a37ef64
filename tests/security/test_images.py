"""Pictures and documents that are not what they seem get a clear answer, and nothing is kept of them."""

import zlib
from struct import pack

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection

from core.models import PracticeImage

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
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("door", ["wagtailimages:add", "wagtailimages_chooser:create"])
def test_a_picture_that_is_none_is_refused(admin, door, name, content):
    prefix = "image-chooser-upload-" if "chooser" in door else ""
    answer = admin.post(
        reverse(door),
        {
            f"{prefix}title": "A picture",
            f"{prefix}collection": Collection.get_first_root_node().pk,
            f"{prefix}file": SimpleUploadedFile(name, content),
        },
    )
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
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("door", ["wagtailimages:add", "wagtailimages_chooser:create"])
def test_a_whole_picture_is_kept(admin, door):
    prefix = "image-chooser-upload-" if "chooser" in door else ""
    admin.post(
        reverse(door),
        {
            f"{prefix}title": "A picture",
            f"{prefix}collection": Collection.get_first_root_node().pk,
            f"{prefix}file": SimpleUploadedFile("whole.png", png_of(16)),
        },
    )
    picture = PracticeImage.objects.get()
    assert (picture.width, picture.file_size) == (16, len(png_of(16)))
    assert picture.get_rendition("width-8").width == 8
