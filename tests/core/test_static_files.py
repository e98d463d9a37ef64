"""How static files are compressed when they are collected."""

from pathlib import Path

import brotli
from django.core.files.base import ContentFile

from core.static_files_storage import CompressedStaticFilesStorage

WORDS = b".card { color: var(--color-text) }\n" * 40


def test_what_every_reader_gets_is_compressed_with_brotli_too(tmp_path: Path) -> None:
    storage = CompressedStaticFilesStorage(location=tmp_path, base_url="/static/")
    paths = ["css/site.css", "wagtailadmin/css/core.css"]
    for path in paths:
        storage.save(path, ContentFile(WORDS))
    list(storage.post_process({path: (storage, path) for path in paths}))
    assert brotli.decompress((tmp_path / "css/site.css.br").read_bytes()) == WORDS
    assert (tmp_path / "css/site.css.gz").exists()
    assert (tmp_path / "wagtailadmin/css/core.css.gz").exists()
    assert not list(tmp_path.glob("wagtailadmin/**/*.br"))
