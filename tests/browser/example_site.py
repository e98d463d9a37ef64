"""The front end in `docs/examples/astro`: builds it from a running site, and serves what was built."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from bs4 import BeautifulSoup
from django.conf import settings

SOURCE = settings.ROOT / "docs" / "examples" / "astro"


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def build(site_url: str, folder: Path) -> None:
    """Makes the types, checks them and builds. The pages ask the API at `site_url` from the browser too."""
    done = subprocess.run(
        ["npm", "run", "--silent", "build", "--", "--outDir", str(folder)],
        cwd=SOURCE,
        env=os.environ | {"PRACTICE_API": f"{site_url}/api/v2"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "there is no component" not in done.stdout + done.stderr


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of its front page, without the slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class BuiltSite:
    """What a crawler would find in the folder."""

    def __init__(self, folder: Path) -> None:
        self.pages = {address_of(file, folder): read(file) for file in sorted(folder.rglob("*.html"))}
        self.files = {f"/{file.relative_to(folder)}" for file in folder.rglob("*") if file.is_file()}

    def broken_links(self) -> list[str]:
        """Links to a page, a part of a page or a file of its own that is not there."""
        return [
            f"{place} names {link}"
            for place, page in self.pages.items()
            for link in links_in(page)
            if link.startswith(("/", "#")) and not self._is_there(place, link)
        ]

    def _is_there(self, place: str, link: str) -> bool:
        path, _, fragment = link.partition("#")
        page = self.pages.get(path or place)
        if page is None:
            return path in self.files
        return not fragment or page.find(id=fragment) is not None or fragment.startswith("ask=")


def links_in(page: BeautifulSoup) -> list[str]:
    return [str(element[name]) for name in ("href", "src") for element in page.find_all(attrs={name: True})]


def address_of(file: Path, folder: Path) -> str:
    return f"/{file.relative_to(folder)}".removesuffix("index.html")


def read(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(), "html.parser")
