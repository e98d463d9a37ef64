"""What an uploaded picture must be, and what is kept of it.

Every way in brings files here first. A file is judged by its header before anything of it is unpacked, then
read to its end. It is kept as it came where each format that we serve can be made of it; otherwise it is
written anew: upright, in eight-bit sRGB, without what the camera wrote down (where and when it was taken).
So its width and height are those of every picture that is made of it, and so is its focal point.
"""

from io import BytesIO
from pathlib import PurePath
from typing import IO, Any, NamedTuple

import pillow_heif
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

pillow_heif.register_heif_opener()

#: The formats that are read, as Pillow calls them.
FORMATS = ("AVIF", "GIF", "HEIF", "JPEG", "PNG", "WEBP")
#: How many pixels a picture may have, so that reading one takes less than 300 MB: 10 bytes for each, and more
#: in these formats and modes.
MOST_PIXELS = 25_000_000
MOST_PIXELS_IN = {"AVIF": 16_000_000, "CMYK": 20_000_000, "P": 20_000_000, "WEBP": 14_000_000}
#: How many are kept: the largest picture that is served has half of these, and several are made at once.
MOST_KEPT_PIXELS = 4_000_000

#: What is kept as it came: not AVIF, whose header may tell less than its pixels take each time.
PLAIN_FORMATS = {"GIF", "JPEG", "PNG", "WEBP"}
PLAIN_MODES = {"1", "L", "P", "RGB", "RGBA"}
#: Parts of a file that would be copied to pictures made of it, or that change how it is shown.
METADATA = {"comment", "exif", "icc_profile", "xmp"}
JPEG_QUALITY = 92


class UnfitImageError(Exception):
    """The file cannot be taken. Its words are for the person who sent it."""

    def __init__(self, message: Any) -> None:
        self.message = message
        super().__init__(message)


class NewFile(NamedTuple):
    content: bytes
    extension: str


def make_fit(file: File) -> None:
    """Check an uploaded picture, and write it anew in its place where it cannot be kept as it came.

    Raise `UnfitImageError` where it is no picture, or greater than we can unpack.
    """
    new = rewritten(file)
    file.seek(0)
    if new is None:
        return
    raw: Any = file.file
    raw.seek(0)
    raw.truncate()
    raw.write(new.content)
    raw.seek(0)
    file.size = len(new.content)
    file.name = str(PurePath(file.name or "").with_suffix(new.extension))


def rewritten(file: IO[bytes] | File) -> NewFile | None:
    """Return the picture as it has to be kept, or None where the file can be kept as it is."""
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as image:
            _refuse_if_too_large(image)
            image_format = image.format or ""
            if image.width * image.height <= MOST_KEPT_PIXELS:
                image.load()  # a PNG may say more behind its pixels
            return None if _is_plain(image) else _written(_normalised(image), image_format)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(MOST_PIXELS) from error
    except UnfitImageError:
        raise
    except (
        Exception
    ) as error:  # decoders raise whatever they like: OSError, SyntaxError, EOFError, RuntimeError
        raise UnfitImageError(
            _("This is not a picture that can be read. It may be damaged, or of another kind.")
        ) from error


def _refuse_if_too_large(image: Image.Image) -> None:
    most = min(MOST_PIXELS_IN.get(kind or "", MOST_PIXELS) for kind in (image.format, image.mode))
    if image.width * image.height > most:
        raise _too_many_pixels(most)


def _too_many_pixels(most: int) -> UnfitImageError:
    return UnfitImageError(
        _("This picture is too large: one of its kind may have %(millions)d million pixels. Save it smaller.")
        % {"millions": most // 1_000_000}
    )


def _is_plain(image: Image.Image) -> bool:
    return (
        image.format in PLAIN_FORMATS
        and image.mode in PLAIN_MODES
        and image.width * image.height <= MOST_KEPT_PIXELS
        and not METADATA & image.info.keys()
        and not image.getexif()
    )


def _normalised(image: Image.Image) -> Image.Image:
    """Smaller first: what follows is then done with less."""
    if image.mode.startswith("I"):
        image = _eight_bit(image)
    elif image.mode in ("1", "P"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    scale = (MOST_KEPT_PIXELS / (image.width * image.height)) ** 0.5
    if scale < 1:
        image.thumbnail((max(1, int(image.width * scale)), max(1, int(image.height * scale))))
    image.load()
    upright = ImageOps.exif_transpose(image)
    return _in_srgb(upright)


def _eight_bit(image: Image.Image) -> Image.Image:
    """Of 16-bit greys: Pillow's own conversion takes everything above 255 for white."""
    return image.convert("I").point([value >> 8 for value in range(65_536)], "L")


def _in_srgb(image: Image.Image) -> Image.Image:
    mode = "RGBA" if image.has_transparency_data else "L" if image.mode == "L" else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGBA" if mode == "RGBA" else "RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None  # a profile that is none, or not of this picture
        image = converted or image
    return image if image.mode == mode else image.convert(mode)


def _written(image: Image.Image, image_format: str) -> NewFile:
    """As JPEG; or as PNG where that would lose something: what shows through, or sharp edges."""
    image.info.clear()
    output = BytesIO()
    if image.mode == "RGBA" or image_format in ("GIF", "PNG"):
        image.save(output, "PNG")
        return NewFile(output.getvalue(), ".png")
    image.save(output, "JPEG", quality=JPEG_QUALITY, progressive=False)
    return NewFile(output.getvalue(), ".jpg")
