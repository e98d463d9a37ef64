"""The table of docs/security.md: each requirement of levels 1 and 2 is in it, and what it names exists."""

import re

from django.conf import settings

from config.settings import base

GUIDE = (settings.ROOT / "docs" / "security.md").read_text()
ENVIRONMENT = (settings.ROOT / ".env.example").read_text()
#: How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has. They are numbered from one.
SECTIONS = """
    1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1
    4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2
    7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2
    10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5
    14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
"""
ROW = re.compile(r"^\| (\d+\.\d+\.\d+)(?:–(\d+\.\d+\.\d+))? \| (.+?) \| (.+?) \| (.*?) ?\|$", re.M)
STATES = {"met", "partly", "not met", "yours", "none here"}


def numbers(first: str, last: str) -> list[str]:
    section, _dot, start = first.rpartition(".")
    last_section, _dot, end = (last or first).rpartition(".")
    assert last_section == section, first
    return [f"{section}.{number}" for number in range(int(start), int(end) + 1)]


def test_every_requirement_of_both_levels_stands_in_it_once() -> None:
    told = [number for first, last, *_rest in ROW.findall(GUIDE) for number in numbers(first, last)]
    counted = [one.split(":") for one in SECTIONS.split()]
    asked = [f"{section}.{number + 1}" for section, count in counted for number in range(int(count))]
    assert len(asked) == 253
    assert told == asked


def test_each_row_says_where_it_stands_and_what_shows_it() -> None:
    for first, _last, what, state, shown in ROW.findall(GUIDE):
        assert state in STATES, first
        assert what
        assert shown or state == "none here", first


def test_what_it_names_exists() -> None:
    for named in re.findall(r"`([^`\n]+)`", GUIDE):
        path, _colons, test = named.partition("::")
        if test:
            assert f"def {test}(" in (settings.ROOT / path).read_text(), named
        elif re.fullmatch(r"[A-Z][A-Z0-9_]{4,}(=.*)?", named):
            name = named.partition("=")[0]
            known = hasattr(base, name) or hasattr(settings, name) or name in ENVIRONMENT
            assert known, f"{named} is no setting"
        elif re.match(r"(tests|site|docs|deploy)/|\.env|uv\.lock|SECURITY", named):
            assert (settings.ROOT / named).exists(), named
