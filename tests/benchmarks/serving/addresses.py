"""What is asked of each server, and what must come of it."""

from dataclasses import dataclass

from tests.browser.page_types import MATCHING, PUBLIC

#: Of bakerydemo.
THEIR_HOME, THEIR_ARTICLE = "/", "/blog/wild-yeast/"
THEIR_LIST = "/breads/"
THEIR_API = "/api/v2/pages/?limit=20"
THEIR_API_ALL_FIELDS = "/api/v2/pages/?type=breads.BreadPage&fields=*&limit=20"
THEIR_API_PAGE = f"/api/v2/pages/find/?html_path={THEIR_ARTICLE}"


@dataclass(frozen=True)
class Row:
    name: str
    path: str
    #: Of the peer, what is most like it.
    peers: str
    #: How many times the peer's requests a second, each answer made anew. None where nothing is asked.
    bar: float | None = None
    #: Whether the answer may be kept in memory: searches, choices and steps of the form never are.
    is_kept: bool = True


ROWS = [
    Row("home", PUBLIC["home"], THEIR_HOME, bar=1.5),
    Row("therapy", PUBLIC["therapy"], THEIR_ARTICLE, bar=1.0),
    Row("concern", PUBLIC["concern"], THEIR_ARTICLE, bar=1.0),
    Row("comparison", PUBLIC["comparison-pair"], THEIR_ARTICLE, bar=1.0),
    Row("profile", PUBLIC["profile"], THEIR_ARTICLE, bar=1.0),
    Row("fees", PUBLIC["fees"], THEIR_ARTICLE),
    Row("directory", PUBLIC["directory"], THEIR_LIST),
    Row("directory, chosen", PUBLIC["directory-narrowed"], THEIR_LIST, is_kept=False),
    Row("search", PUBLIC["search-found"], "/search/?q=bread", is_kept=False),
    Row("form, first step", MATCHING, THEIR_HOME, is_kept=False),
    Row("API, 20 pages", "/api/v2/pages/?limit=20", THEIR_API),
    Row(
        "API, all fields",
        "/api/v2/pages/?type=therapies.TherapyPage&fields=*&limit=20",
        THEIR_API_ALL_FIELDS,
        bar=2.0,
    ),
    Row("API, by path", f"/api/v2/pages/find/?html_path={PUBLIC['therapy']}", THEIR_API_PAGE, bar=2.0),
]
QUICK = [row for row in ROWS if row.name in ("home", "therapy", "directory", "API, all fields")]
