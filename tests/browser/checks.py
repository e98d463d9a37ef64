"""What every page of a journey is held to."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

axe = Axe()


def has_no_barriers(page: Page) -> None:
    """Axe finds nothing, contrast included."""
    page.wait_for_load_state()
    found = axe.run(page).response["violations"]
    told = [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]
    assert not told, f"{page.url}\n" + "\n".join(told)


def fits_its_window(page: Page) -> None:
    """Nothing makes the page wider than the window: no one has to scroll sideways to read."""
    page.wait_for_load_state()  # without its stylesheet and fonts a page is wider
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is {wider} px wider than its window"
