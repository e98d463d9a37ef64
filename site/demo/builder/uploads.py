"""Uploads images from the content files."""

from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.utils.file import hash_filelike

from core.image_files import make_fit
from core.models import PracticeImage
from demo.builder.sample_content import SAMPLE

PORTRAIT_CREDIT = "Open Peeps by Pablo Stanley, drawn with DiceBear. CC0 1.0."


def portrait(slug: str, description: str) -> PracticeImage:
    return uploaded(f"portraits/{slug}.webp", f"Sample portrait: {slug}", description, PORTRAIT_CREDIT)


def uploaded(path: str, title: str, description: str, credit: str) -> PracticeImage:
    """Return the image of this title, uploaded where it is new, changed, or missing from the storage."""
    image = PracticeImage.objects.filter(title=title).first() or PracticeImage(title=title)
    file = ContentFile((SAMPLE.path / path).read_bytes(), name=Path(path).name)
    make_fit(file)
    if not _holds(image, file):
        image.file = file
        image._set_image_file_metadata()
    if image.pk is None or image.file is file or image.description != description:
        image.description, image.credit = description, credit
        image.save()
    return image


def _holds(image: PracticeImage, file: ContentFile) -> bool:
    if not image.file or not image.file.storage.exists(image.file.name):
        return False
    return image.file_hash == hash_filelike(file)
