"""What a first visit to each kind of page costs, compressed and without the pictures of its content."""

import gzip
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders

from tests.browser.page_types import MATCHING, PUBLIC
from tests.demo.reader import Reader

MOST_BYTES = 60 * 1024
MOST_SCRIPT_BYTES = 8 * 1024
IMPORTED = re.compile(r"""^import .*?["']\./([^"']+)["']""", re.MULTILINE)


def found(url: str) -> Path:
    return Path(finders.find(url.removeprefix("/static/")))


def with_imports(script: Path) -> set[Path]:
    imported = {script.parent / name for name in IMPORTED.findall(script.read_text())}
    return {script}.union(*map(with_imports, imported))


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def size(file: Path) -> int:
    """Fonts are compressed in themselves."""
    return file.stat().st_size if file.suffix == ".woff2" else compressed(file.read_bytes())


@pytest.mark.parametrize("name", [*PUBLIC, "form"])
def test_first_visit_is_light(reader: Reader, name: str) -> None:
    answer = reader.read({**PUBLIC, "form": MATCHING}[name])
    page = answer.soup
    styles = [link["href"] for link in page.find_all("link", rel="stylesheet")]
    fonts = [link["href"] for link in page.find_all("link", rel="preload", attrs={"as": "font"})]
    scripts = set[Path]().union(
        *(with_imports(found(tag["src"])) for tag in page.find_all("script", src=True))
    )
    script_bytes = sum(map(size, scripts))
    assert len(styles) == 1
    assert len(fonts) <= 2
    assert page.select("script[src]:not([type=module], [defer], [async])") == []
    assert script_bytes <= MOST_SCRIPT_BYTES
    other_bytes = sum(size(found(url)) for url in {*styles, *fonts, *sprites(page)})
    assert compressed(answer.content) + script_bytes + other_bytes <= MOST_BYTES


def sprites(page: BeautifulSoup) -> set[str]:
    return {use["href"].partition("#")[0] for use in page.find_all("use", href=True)} - {""}
