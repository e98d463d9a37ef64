"""What a page tells Wagtail's checker, read from its HTML."""

import json
from typing import Any

from bs4 import BeautifulSoup


def checker_in(html: str) -> dict[str, Any]:
    return json.loads(BeautifulSoup(html, "html.parser").find(id="checker-axe-configuration").string)


def failed_in(checker: dict[str, Any]) -> set[str]:
    """The keys of our own checks that no heading can pass."""
    ours = [check for check in checker["spec"]["checks"] if check["id"].startswith("practice-")]
    return {
        check["id"].removeprefix("practice-").removesuffix("-check")
        for check in ours
        if check["options"]["matcher"]["nodeName"] != "h1"
    }


def selectors_in(html: str) -> dict[str, str]:
    """What those of our own checks look at that look at something else than the heading."""
    ours = [rule for rule in checker_in(html)["spec"]["rules"] if rule["id"].startswith("practice-")]
    return {
        rule["id"].removeprefix("practice-"): rule["selector"] for rule in ours if rule["selector"] != "h1"
    }
