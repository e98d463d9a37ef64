"""The recorded answers of `expected/`, with values again where times and ids were left out of the record."""

import json
from pathlib import Path
from typing import Any

EXPECTED = Path(__file__).parent / "expected"
#: What each of them was asked for with.
ANSWERS = {
    "home_page": "pages/find/?html_path=/",
    "info_page": "pages/find/?html_path=/fees/",
    "therapy_page": "pages/find/?html_path=/therapies/dynamic/",
    "concern_page": "pages/find/?html_path=/concerns/feeling-low/",
    "therapist_page": "pages/find/?html_path=/therapists/sample/",
    "comparison_page": "pages/find/?html_path=/therapies/the-two/",
    "therapy_list": "therapies/",
    "concern_list": "concerns/",
    "therapist_list": "therapists/",
    "dimension_list": "dimensions/?fields=*",
    "reference_list": "references/?fields=*",
    "image_list": "images/",
    "comparison": "comparisons/dit-vs-ipt/",
    "comparison_list": "comparisons/",
    "site": "site/",
    "paths": "paths/",
    "suggestions": "search/suggestions/?query=dyn",
    "problem": "pages/?colour=red",
}
#: The same of the form and of enquiries, with the method before it and the status after it.
ANSWERS_OF_THE_FORM = {
    "matching": ("get", "matching/", 200),
    "matching_suggestions": ("post", "matching/suggestions/", 200),
    "enquiry": ("post", "enquiries/", 201),
    "enquiry_status": ("get", "enquiries/status/", 200),
    "problem_of_a_name": ("post", "enquiries/", 400),
    "problem_of_answers": ("post", "enquiries/", 400),
}


def recorded(name: str) -> Any:
    return with_values(json.loads((EXPECTED / f"{name}.json").read_text()))


def with_values(value: Any) -> Any:
    match value:
        case {"type": str(), "id": str(), "value": shown}:
            return value | {"value": with_values(shown)}  # a block, whose id is a text
        case {"id": "<id>", "in_words": str()}:  # a proposed time
            return with_values(value | {"id": "8f1b7c1e-6c1a-4a59-9a3e-2f1d0c9b8a76"})
        case dict():
            return {key: with_values(child) for key, child in value.items()}
        case list():
            return [with_values(child) for child in value]
        case "<time>" | "<since>" | "<starts>" | "<ends>":
            return "2026-11-02T09:30:00Z"
        case "<day>":
            return "2026-11-09"
        case "<id>":
            return 1
        case str():
            return value.replace("<id>", "1").replace("<file>", "picture")
    return value
