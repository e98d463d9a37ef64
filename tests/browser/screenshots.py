"""Screenshots to look at. `make screenshots` asks for them: to draw a whole page takes a second or two."""

import os
from pathlib import Path

from playwright.sync_api import Page

ARTEFACTS = Path(__file__).parent / "artefacts"
IS_WANTED = "SCREENSHOTS" in os.environ


def keep_screenshot(page: Page, name: str, *, full_page: bool = False) -> None:
    if IS_WANTED:
        page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=full_page)
