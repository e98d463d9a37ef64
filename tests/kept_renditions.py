"""Sizes of pictures, each made once in a process: those of a test are rolled back, and AVIF takes long."""

import hashlib
from io import BytesIO

import pytest
from django.core.files import File
from wagtail.images.models import AbstractImage, Filter


def make_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a size that was made of the same original before from memory. What fails is tried anew."""
    made: dict[tuple[str, str, str, str], tuple[bytes, str]] = {}
    generate = AbstractImage.generate_rendition_file

    def remember(image: AbstractImage, filter: Filter, *, source: File | None = None) -> File:
        if source is None:
            return generate(image, filter)
        source.seek(0)
        original = hashlib.sha256(source.read()).hexdigest()
        key = (original, image.file.name, filter.spec, filter.get_cache_key(image))
        if key not in made:
            source.seek(0)
            new = generate(image, filter, source=source)
            new.seek(0)
            made[key] = new.read(), new.name
        content, name = made[key]
        return File(BytesIO(content), name=name)

    monkeypatch.setattr(AbstractImage, "generate_rendition_file", remember)
