"""Points to the words that a check found, in the preview of a page: *Show issue* then leads to them."""

from collections.abc import Iterable, Mapping
from functools import partial
from html import unescape

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from core.claim_findings import ClaimFinding
from core.html_tags import TAG, OpenTags

#: The attribute of the element that holds the words, with the keys of the checks.
ATTRIBUTE = "data-check"
#: Where a request keeps the words that its answer will point to, by the key of the check.
CLAIMS = "_claims_to_point_to"


def pointing_to_claims(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Have the preview point to what `point_to_claims` is told of while its template is rendered."""
    if isinstance(response, TemplateResponse):
        words: dict[str, list[str]] = {}
        vars(request)[CLAIMS] = words
        response.add_post_render_callback(partial(_point, words=words))
    return response


def point_to_claims(request: HttpRequest, claims: Iterable[ClaimFinding]) -> bool:
    """Return whether the answer to this request will point to the words of these findings."""
    words: dict[str, list[str]] | None = vars(request).get(CLAIMS)
    if words is None:
        return False
    for claim in claims:
        words.setdefault(claim.rule, []).append(claim.words)
    return True


def _point(response: TemplateResponse, words: Mapping[str, list[str]]) -> None:
    if words:
        response.content = pointed_to(response.content.decode(), words)


def pointed_to(html: str, words: Mapping[str, Iterable[str]]) -> str:
    """Add the key of each check to the element that first shows the words it found; else to the heading.

    `words` are by the key of the check. Words that run over the border of an element are found in none.
    """
    sought = {(key, found.casefold()) for key, all_found in words.items() for found in all_found}
    keys_at: dict[int, list[str]] = {}
    found_keys: set[str] = set()
    around, end, heading = OpenTags(), 0, None
    for tag in TAG.finditer(html):
        if "body" in around.names:
            text = " ".join(unescape(html[end : tag.start()]).casefold().split())
            for key, found in sorted(sought) if text else ():
                if found in text:
                    sought.remove((key, found))
                    found_keys.add(key)
                    keys_at.setdefault(_place_in(around), []).append(key)
        around.pass_by(tag)
        end = tag.end()
        if heading is None and not tag["closes"] and (tag["name"] or "").lower() == "h1":
            heading = _place_in(around)
    missing = sorted(words.keys() - found_keys)
    if heading is not None and missing:
        keys_at.setdefault(heading, []).extend(missing)
    return _with_keys(html, keys_at)


def _place_in(around: OpenTags) -> int:
    """Return where an attribute of the innermost element may be written: after its name."""
    return around.tags[-1].end("name")


def _with_keys(html: str, keys_at: Mapping[int, list[str]]) -> str:
    pieces, end = [], 0
    for place, keys in sorted(keys_at.items()):
        pieces += [html[end:place], f' {ATTRIBUTE}="{" ".join(sorted(set(keys)))}"']
        end = place
    return "".join([*pieces, html[end:]])
