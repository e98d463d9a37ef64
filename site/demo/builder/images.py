"""Pictures from `content/portraits/`."""

from django.core.files.base import ContentFile
from wagtail.utils.file import hash_filelike

from demo.builder.files import CONTENT
from home.models import PracticeImage

CREDIT = "Open Peeps by Pablo Stanley, drawn with DiceBear. CC0 1.0."


def portrait(slug: str, description: str) -> PracticeImage:
    """The picture of this slug, uploaded where it is new, changed, or gone from the storage."""
    title = f"Sample portrait: {slug}"
    image = PracticeImage.objects.filter(title=title).first() or PracticeImage(title=title)
    file = ContentFile((CONTENT / "portraits" / f"{slug}.webp").read_bytes(), name=f"{slug}.webp")
    if not _holds(image, file):
        image.file = file
        image._set_image_file_metadata()
    if image.pk is None or image.file is file or image.description != description:
        image.description, image.credit = description, CREDIT
        image.save()
    return image


def _holds(image: PracticeImage, file: ContentFile) -> bool:
    if not image.file or not image.file.storage.exists(image.file.name):
        return False
    return image.file_hash == hash_filelike(file)
