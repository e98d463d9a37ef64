"""What every page of a journey is held to."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

AXE = Axe()
#: Only what is wrong is told at length, and no stylesheet is read for rules that are off: both are quicker.
#: Off unless asked for: nothing to press is smaller than 24 px, or else it stands apart.
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "preload": {"assets": ["media"]},
    "rules": {"target-size": {"enabled": True}},
}
#: The rules whose answer another colour scheme may change.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
#: The spacing of text that readers may set for themselves (WCAG 1.4.12).
READERS_OWN_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }
  `);
  document.adoptedStyleSheets = [sheet];
}"""


def has_no_barriers(page: Page, *, rules: list[str] | None = None) -> None:
    """Axe finds nothing, contrast included; or nothing that `rules` name."""
    page.wait_for_load_state()
    options = AXE_OPTIONS | ({"runOnly": {"type": "rule", "values": rules}} if rules else {})
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    told = [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]
    assert not told, f"{page.url}\n" + "\n".join(told)


def bears_the_readers_own_spacing(page: Page) -> None:
    page.evaluate(READERS_OWN_SPACING)
    fits_its_window(page)
    page.evaluate("document.adoptedStyleSheets = []")


def fits_its_window(page: Page) -> None:
    """Nothing makes the page wider than the window: no one has to scroll sideways to read."""
    page.wait_for_load_state()  # without its stylesheet and fonts a page is wider
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is {wider} px wider than its window"


def check_of(page: Page) -> Callable[[Page], None]:
    """Return what is held to at this width: that it fits a phone, or that axe finds nothing."""
    is_narrow = page.viewport_size is not None and page.viewport_size["width"] == 320
    return fits_its_window if is_narrow else has_no_barriers


def stand_in_this_order(*parts: Locator) -> None:
    """On the page from its top down."""
    for part in parts:
        expect(part).to_be_attached()
    places = [part.evaluate("part => part.getBoundingClientRect().top + scrollY") for part in parts]
    assert places == sorted(places)
