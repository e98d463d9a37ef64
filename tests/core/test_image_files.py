"""What is kept of an uploaded picture, whatever it was."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from struct import pack

import pytest
from django.core.files.base import ContentFile
from PIL import ExifTags, Image, ImageCms, TiffImagePlugin

from core.image_files import MOST_KEPT_PIXELS, UnfitImageError, make_fit, rewritten

SITE = Path(__file__).resolve().parents[2] / "site"
#: In MB, of the whole process.
MOST_MEMORY = 300
MEASURE = """
import re, sys
from io import BytesIO
from django.conf import settings
settings.configure(USE_I18N=False)
from core.image_files import UnfitImageError, rewritten
try:
    rewritten(BytesIO(sys.stdin.buffer.read()))
    print("taken")
except UnfitImageError:
    print("refused")
print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""
#: It claims 11,000 × 11,000 pixels.
WEBP_OF_34_BYTES = bytes.fromhex("524946461a000000574542505650384c0e0000002ff7eabd0a071011fd0f4444ff03")


def saved(image, image_format, **options):
    output = BytesIO()
    image.save(output, image_format, **options)
    return output.getvalue()


def taken(content):
    """The picture as it is kept."""
    new = rewritten(BytesIO(content))
    return Image.open(BytesIO(new.content if new else content))


def cornered(mode="RGB", size=(80, 60)):
    """A dark picture that is light at the top left, so that one sees how it is turned."""
    image = Image.new(mode, size)
    image.paste(Image.new("L", (size[0] // 2, size[1] // 2), 255).convert(mode), (0, 0))
    return image


def camera_notes(orientation=1):
    notes = Image.Exif()
    notes[ExifTags.Base.Orientation] = orientation
    notes[ExifTags.Base.Make] = "PhoneMaker"
    degrees = tuple(TiffImagePlugin.IFDRational(number) for number in (51, 30, 0))
    notes.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = degrees
    return notes


def claiming(content, width, height):
    """An AVIF or HEIC with another size in its header."""
    changed = bytearray(content)
    place = changed.find(b"ispe")
    while place >= 0:
        changed[place + 8 : place + 16] = pack(">II", width, height)
        place = changed.find(b"ispe", place + 4)
    return bytes(changed)


@pytest.mark.parametrize(
    ("image_format", "mode"),
    [
        *(("PNG", mode) for mode in ("1", "L", "P", "RGB", "RGBA")),
        *(("JPEG", mode) for mode in ("L", "RGB")),
        *(("WEBP", mode) for mode in ("RGB", "RGBA")),
        *(("GIF", mode) for mode in ("L", "P")),
    ],
)
def test_a_plain_file_is_kept_as_it_came(image_format, mode):
    file = ContentFile(saved(Image.new(mode, (40, 30)), image_format), name="picture.ext")
    content = file.read()
    make_fit(file)
    assert (file.read(), file.name, file.size) == (content, "picture.ext", len(content))


@pytest.mark.parametrize(
    ("image_format", "mode", "kept"),
    [
        ("PNG", "I;16", "L"),
        ("PNG", "LA", "RGBA"),
        ("JPEG", "CMYK", "RGB"),
        ("AVIF", "RGB", "RGB"),
        ("AVIF", "RGBA", "RGBA"),
        ("AVIF", "L", "L"),
        ("HEIF", "RGB", "RGB"),
        ("HEIF", "RGBA", "RGBA"),
        ("HEIF", "L", "L"),
    ],
)
def test_any_other_becomes_one(image_format, mode, kept):
    image = taken(saved(Image.new(mode, (40, 30)), image_format))
    assert (image.mode, image.size) == (kept, (40, 30))
    assert image.format == ("PNG" if image_format == "PNG" or kept == "RGBA" else "JPEG")


def test_a_grey_of_sixteen_bits_keeps_its_shades():
    ramp = Image.new("I;16", (256, 1))
    ramp.putdata([shade * 257 for shade in range(256)])
    assert list(taken(saved(ramp, "PNG")).tobytes()) == list(range(256))


@pytest.mark.parametrize("mode", ["L", "P", "RGB"])
def test_what_shows_through_still_does(mode):
    image = taken(saved(Image.new(mode, (40, 30)), "PNG", transparency=(0, 0, 0) if mode == "RGB" else 0))
    assert image.convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_kept_upright(image_format, orientation):
    """Each turn that a camera may note, and its picture as the camera stores it."""
    turns = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    stored = cornered()
    for turn in turns.get(orientation, []):
        stored = stored.transpose(turn)
    image = taken(saved(stored, image_format, exif=camera_notes(orientation).tobytes())).convert("L")
    assert image.size == (80, 60)
    assert [image.getpixel(place) > 200 for place in ((10, 10), (70, 10), (10, 50), (70, 50))] == [
        True, False, False, False,
    ]  # fmt: skip


@pytest.mark.guide(
    "Photographs of phones are taken as they are, HEIC too: they are turned upright and made smaller, and "
    "what the camera noted, such as the place, is not kept.",
)
@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_what_the_camera_noted_is_not_kept(image_format):
    """Where a picture was taken is nobody's business: it was copied to every JPEG made of it."""
    content = saved(cornered(), image_format, exif=camera_notes().tobytes())
    assert b"PhoneMaker" in content
    new = rewritten(BytesIO(content))
    assert b"PhoneMaker" not in new.content
    assert not Image.open(BytesIO(new.content)).getexif()


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("profile", "mode"),
    [(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), "RGB"), (b"no profile", "L")],
)
def test_colours_are_told_without_a_profile(image_format, profile, mode):
    image = taken(saved(Image.new(mode, (40, 30), 90), image_format, icc_profile=profile))
    assert "icc_profile" not in image.info
    assert image.convert("L").getpixel((5, 5)) == pytest.approx(
        Image.new(mode, (1, 1), 90).convert("L").getpixel((0, 0)), abs=3
    )


@pytest.mark.guide(
    "Photographs of phones are taken as they are, HEIC too: they are turned upright and made smaller, and "
    "what the camera noted, such as the place, is not kept.",
)
def test_a_larger_picture_is_kept_no_larger_than_we_show():
    image = taken(saved(Image.new("RGB", (4000, 2000)), "PNG"))
    assert 0.99 * MOST_KEPT_PIXELS < image.width * image.height <= MOST_KEPT_PIXELS
    assert image.width / image.height == pytest.approx(2, abs=0.01)


@pytest.mark.parametrize(
    ("name", "kept"), [("IMG_1234.HEIC", "IMG_1234.jpg"), ("a.b.heic", "a.b.jpg"), ("heic", "heic.jpg")]
)
def test_a_rewritten_file_is_named_as_what_it_is(name, kept):
    file = ContentFile(saved(Image.new("RGB", (40, 30)), "HEIF"), name=name)
    make_fit(file)
    assert (file.name, Image.open(file).format) == (kept, "JPEG")
    assert file.size == len(file.file.getvalue())


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "GIF"])
def test_what_is_cut_off_is_refused(image_format):
    noise = Image.effect_noise((200, 200), 80)
    content = saved(noise, image_format)
    for part in (content[: len(content) // 2], content[:40], content[:12], b""):
        with pytest.raises(UnfitImageError):
            rewritten(BytesIO(part))


@pytest.mark.parametrize("image_format", ["TIFF", "BMP", "ICO", "PPM", "TGA", "PDF", "EPS"])
def test_other_formats_are_refused(image_format):
    with pytest.raises(UnfitImageError):
        rewritten(BytesIO(saved(Image.new("RGB", (40, 30)), image_format)))


def flat(mode, width, height, image_format, **options):
    return lambda: saved(Image.new(mode, (width, height)), image_format, **options)


def small(image_format, width=11_000, height=11_000):
    return lambda: claiming(saved(Image.new("RGB", (64, 64)), image_format), width, height)


def gif_claiming(place):
    content = bytearray(saved(Image.new("P", (64, 64)), "GIF"))
    start = 6 if place == "screen" else content.index(b"\x2c") + 5
    content[start : start + 4] = pack("<HH", 11_000, 11_000)
    return bytes(content)


#: The greatest that is taken of each kind, and the smallest files that claim to be greater.
COSTLY = {
    "greatest JPEG": (
        "taken",
        flat("RGB", 5000, 5000, "JPEG", progressive=True, subsampling=0, exif=camera_notes(6).tobytes()),
    ),
    "greatest JPEG for print": ("taken", flat("CMYK", 5000, 4000, "JPEG", progressive=True)),
    "greatest PNG": ("taken", flat("RGBA", 5000, 5000, "PNG", compress_level=1)),
    "greatest PNG of 16 bits": ("taken", flat("I;16", 5000, 5000, "PNG", compress_level=1)),
    "greatest PNG of a palette": ("taken", flat("P", 5000, 4000, "PNG", compress_level=1, transparency=0)),
    "greatest GIF": ("taken", flat("P", 5000, 4000, "GIF")),
    "greatest WebP": ("taken", flat("RGBA", 4000, 3500, "WEBP", method=0)),
    "greatest AVIF": ("taken", flat("RGBA", 4000, 4000, "AVIF", speed=10, subsampling="4:4:4")),
    "greatest HEIC": (
        "taken",
        flat("RGB", 5000, 5000, "HEIF", quality=20, enc_params={"preset": "ultrafast"}),
    ),
    "JPEG": ("refused", flat("L", 11_000, 11_000, "JPEG", quality=1)),
    "PNG": ("refused", flat("1", 11_000, 11_000, "PNG")),
    "GIF by its screen": ("refused", lambda: gif_claiming("screen")),
    "GIF by its frame": ("refused", lambda: gif_claiming("frame")),
    "WebP": ("refused", lambda: WEBP_OF_34_BYTES),
    "AVIF": ("refused", small("AVIF")),
    "HEIC": ("refused", small("HEIF")),
    "TIFF": ("refused", flat("1", 11_000, 11_000, "TIFF", compression="group4")),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured as Linux tells it")
@pytest.mark.parametrize("kind", COSTLY)
def test_no_picture_takes_more_memory_than_we_have(kind):
    expected, make = COSTLY[kind]
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE],
        input=make(),
        env={"PYTHONPATH": str(SITE)},
        capture_output=True,
        check=True,
        timeout=60,
    )
    outcome, memory = measured.stdout.decode().split()
    assert outcome == expected
    assert int(memory) < MOST_MEMORY
