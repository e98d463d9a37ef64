"""The Nu HTML checker finds no error in any kind of page. `make html` fetches it and runs this."""

import json
import shutil
import subprocess
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Page, Response
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Site

from tests.browser import journeys
from tests.browser.page_types import MATCHING, PUBLIC
from tests.browser.private_pages import make_private_pages
from tests.node_tools import needs

CHECKER = settings.ROOT / ".local" / "node" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
ERROR_PAGES = ["403.html", "403_csrf.html", "404.html", "500.html", "503.html"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("java") is None, reason="The HTML checker needs Java, which is missing."),
    needs(CHECKER, command="make html"),
]


@pytest.fixture(scope="module")
def private_pages(demo_site: Site, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    with django_db_blocker.unblock():
        return make_private_pages()


def test_every_page_is_valid(page: Page, private_pages: dict[str, str], tmp_path: Path) -> None:
    """As the server wrote them, and not as the browser mended them."""
    written: list[Path] = []

    def keep(html: str) -> None:
        path = tmp_path / f"{len(written):02}.html"
        path.write_text(html)
        written.append(path)

    def keep_what_came(response: Response) -> None:
        is_page = response.request.is_navigation_request()
        if is_page and not HTTPStatus(response.status).is_redirection:
            keep(response.text())

    for address in [*PUBLIC.values(), *private_pages.values()]:
        keep(page.goto(address).text())
    page.on("response", keep_what_came)
    page.goto(MATCHING)
    journeys.go_on(page)
    journeys.tell_us_what_brings_you(page, lambda page: None)
    journeys.ask(page, lambda page: None)
    for template in ERROR_PAGES:
        keep(render_to_string(template))
    assert errors(written) == []


def errors(files: list[Path]) -> list[str]:
    command = ["java", "-jar", str(CHECKER), "--errors-only", "--format", "json", "--exit-zero-always"]
    told = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=True).stderr
    return [
        f"{title_of(message['url'])}: {message['message']} {message.get('extract', '')}"
        for message in json.loads(told)["messages"]
    ]


def title_of(url: str) -> str:
    html = Path(url.removeprefix("file:")).read_text()
    return html.partition("<title>")[2].partition("</title>")[0].strip()
