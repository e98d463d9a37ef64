"""The pictures that exported records show, as files beside them."""

from pathlib import PurePath
from typing import Any

from django.utils.text import slugify

from core.models import PracticeImage


class PictureFiles:
    """Names each picture once, by its title, and keeps what is in its file until all is written."""

    def __init__(self) -> None:
        self._named: dict[int, tuple[str, str]] = {}
        self.content: dict[str, bytes] = {}

    def written(self, image: PracticeImage) -> dict[str, Any] | None:
        """Return the table of a picture, or None where its file is gone or its collection private."""
        if not image.is_public:
            return None
        kept = self._named.get(image.pk) or self._kept(image)
        if kept is None:
            return None
        name, title = kept
        described = {"title": title, "description": image.description, "credit": image.credit}
        return {"file": name, **{key: value for key, value in described.items() if value}}

    def _kept(self, image: PracticeImage) -> tuple[str, str] | None:
        """Read the file. Its name and its title are those of no other: an import finds it by its title."""
        titles = {title for _name, title in self._named.values()}
        title, number = image.title, 1
        while title in titles or (name := _file_name(image, title)) in self.content:
            number += 1
            title = f"{image.title} ({number})"
        try:
            with image.open_file() as file:
                self.content[name] = file.read()
        except OSError:
            return None
        self._named[image.pk] = name, title
        return name, title


class NoPictures(PictureFiles):
    """Leaves every picture out, and reads no file."""

    def written(self, image: PracticeImage) -> None:
        return None


def _file_name(image: PracticeImage, title: str) -> str:
    return f"pictures/{slugify(title) or 'picture'}{PurePath(image.file.name).suffix}"
