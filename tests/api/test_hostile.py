"""Whatever stands in an address, the answer is one of ours: never an error of the server."""

import pytest
from django.urls import URLPattern

from config.api import api_router
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.therapies import TherapyIndexPageFactory, TherapyPageFactory
from tests.factories.therapists import TherapistIndexPageFactory, TherapistPageFactory

PARAMETERS = [
    "accepts_clients", "ancestor_of", "child_of", "concern", "descendant_of", "fee_max", "fee_min", "fields",
    "first_published_at_after", "format", "html_path", "id", "key", "language", "limit", "locale", "offset",
    "order", "query", "search", "search_operator", "show_in_menus", "slug", "tag", "time", "title",
    "translation_of", "type", "year_min",
]  # fmt: skip
VALUES = [
    "", "%00", "a%00b", "-1", "0", "1e400", "NaN", "Infinity", "1.5", "9" * 25, "9" * 5000, "zz",
    "abc,,def", ",", ",,",
    "%F0%9F%92%A9", "%C3%28", "%ED%A0%80", "*", "*(*)", "_(", "title(", "(((", "-", "--title",
    "%27%20OR%201", "random", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59%2B14:00", "4364-03-18T20:31-21:17",
    "../../etc/passwd",
    "http://[::1", "//",
    "%5C%25%5F", "auth.User", "wagtailcore.Page", "root", "true,false", "a%20%26%20!(%20|", "%22unclosed",
    "%E2%80%AE", "x" * 3000,
]  # fmt: skip
SPREAD = 6
PLACES = [
    "9" * 25,
    "a%00b",
    "%00-vs-ipt",
    "-vs-",
    "a-vs-" * 60,
    "dit-vs-",
    "%2E%2E",
    "%F0%9F%92%A9-vs-b",
    "x" * 500,
]


@pytest.fixture
def practice(db, search_index, epoch):
    home = make_site()
    InfoPageFactory(parent=home)
    TherapyPageFactory(parent=TherapyIndexPageFactory(parent=home))
    TherapistPageFactory(parent=TherapistIndexPageFactory(parent=home))


def addresses():
    for name, endpoint in api_router._endpoints.items():
        for pattern in endpoint.get_urlpatterns():
            assert isinstance(pattern, URLPattern)
            route = f"/api/v2/{name}/{pattern.pattern}"
            if "<" in route:
                start, _, rest = route.partition("<")
                yield from (f"{start}{place}{rest.partition('>')[2]}" for place in PLACES)
                continue
            known = known_parameters(endpoint)
            for number, value in enumerate(VALUES):
                names = [name for name in PARAMETERS if name in known] or PARAMETERS[:3]
                yield f"{route}?{names[number % len(names)]}={value}"
    for parameter in PARAMETERS:
        for endpoint in ("pages", "therapists"):
            yield from (
                f"/api/v2/{endpoint}/?{parameter}={value}" for value in VALUES[number_of(parameter) :: 6]
            )


def number_of(parameter):
    """Spreads the values over the parameters: all with all would take minutes and show no more."""
    return PARAMETERS.index(parameter) % 6


def known_parameters(endpoint):
    filters = getattr(endpoint, "filterset_class", None)
    own = set(filters.base_filters) if filters else set()
    return own | {
        "fields",
        "html_path",
        "id",
        "limit",
        "offset",
        "order",
        "query",
        "search",
        "search_operator",
    }


def test_hostile_addresses_get_an_answer(client, practice):
    client.raise_request_exception = False
    tried = list(addresses())
    failed = []
    for address in tried:
        response = client.get(address)
        problem = response.status_code >= 400
        expected = "application/problem+json" if problem else "application/json"
        if response.status_code >= 500 or response["Content-Type"] != expected:
            failed.append((address[:120], response.status_code, response["Content-Type"]))
    assert len(tried) > 500
    assert failed == []


@pytest.mark.parametrize(
    "headers",
    [
        {"accept": "text/html"},
        {"accept": "nonsense"},
        {"if-none-match": "nonsense"},
        {"if-modified-since": "yesterday"},
        {"origin": "null"},
        {"content-type": "application/xml"},
    ],
)
def test_hostile_headers_get_an_answer(client, practice, headers):
    assert client.get("/api/v2/pages/", headers=headers).status_code in (200, 406)
