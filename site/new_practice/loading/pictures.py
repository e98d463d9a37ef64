"""Uploads the pictures of content files."""

from pathlib import Path, PurePosixPath

from django.core.files.base import ContentFile
from wagtail.utils.file import hash_filelike

from core.image_files import UnfitImageError, make_fit
from core.models import PracticeImage
from new_practice.loading.content_files import ContentFolder, Record
from new_practice.loading.content_problems import ContentError


def uploaded(content: ContentFolder, picture: Record) -> PracticeImage:
    """Return the image of this title, uploaded where it is new, changed, or missing from the storage."""
    title = picture.get("title") or Path(picture["file"]).stem
    image = PracticeImage.objects.filter(title=title).first() or PracticeImage(title=title)
    file = _file(content, picture["file"])
    described = {"description": picture.get("description", ""), "credit": picture.get("credit", "")}
    is_new = not _holds(image, file)
    if is_new:
        image.file = file
        image._set_image_file_metadata()
    if is_new or any(getattr(image, name) != value for name, value in described.items()):
        for name, value in described.items():
            setattr(image, name, value)
        image.full_clean()
        image.save()
    if is_new and content.uploads is not None:
        content.uploads.append(image.file)
    return image


def _file(content: ContentFolder, path: str) -> ContentFile:
    place = PurePosixPath(path)
    if place.is_absolute() or ".." in place.parts or not (content.path / path).is_file():
        raise ContentError(f"There is no file {path} in this folder.", value=path)
    file = ContentFile((content.path / path).read_bytes(), name=place.name)
    try:
        make_fit(file)
    except UnfitImageError as error:
        raise ContentError(str(error.message), value=path) from error
    return file


def _holds(image: PracticeImage, file: ContentFile) -> bool:
    if not image.file or not image.file.storage.exists(image.file.name):
        return False
    return image.file_hash == hash_filelike(file)
