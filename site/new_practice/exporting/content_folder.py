"""Writes a site's content as a folder of readable files."""

from pathlib import Path

import tomli_w

from home.models import HomePage
from new_practice.exporting.picture_files import PictureFiles
from new_practice.exporting.records import content_records
from new_practice.exporting.stream_values import ContentReader
from new_practice.loading.content_files import Record


def export_folder(home: HomePage, folder: Path) -> list[str]:
    """Write the content below a front page to a folder, and return the names of its files."""
    pictures = PictureFiles()
    records = content_records(home, ContentReader(home, pictures))
    files = {f"{name}.toml": written(record).encode() for name, record in records.items()}
    for name, content in sorted((files | pictures.content).items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return sorted(files | pictures.content)


def written(record: Record) -> str:
    """Return a record as TOML."""
    return tomli_w.dumps(record, multiline_strings=True)
