"""No endpoint, field or expansion gives away what is not public. New endpoints are crawled by themselves."""

import re
import uuid
from datetime import timedelta
from itertools import islice

import pytest
from django.contrib.auth import get_user_model
from django.urls import URLPattern
from wagtail.models import Page, PageViewRestriction

from config.api import api_router
from core.content_api.filters import FullTextSearch
from core.models import BasePage
from tests.factories.secrets import FILE_MARKER, MARKER, SLUG_MARKER, make_secrets
from therapists.enquiries.models import Enquiry
from therapists.enquiries.signed_links import Purpose, token
from therapists.matching.form import ticket
from therapists.models import TherapistPage

ROOT = "/api/v2/"
ADDRESSES_OF_EACH_AS_EDITOR = 8
#: Made for each answer of the form.
TICKET = re.compile(r'"ticket":\s*"[^"]*"')
WORDS = [MARKER, "open"]
#: What a place in an address is filled with, by the name of its part.
ADDRESSES = ["open-therapy-vs-other-therapy", f"open-therapy-vs-{SLUG_MARKER}-therapy", "open-therapy-vs-zzz"]


@pytest.fixture(scope="module")
def stored_secrets(module_database):
    make_secrets()


@pytest.fixture
def secrets(stored_secrets, db, search_index, epoch, monkeypatch):
    monkeypatch.setattr(ticket, "LEAST_AGE", timedelta(0))


def fields_of(endpoint):
    """Every field that can be asked for, of whichever type."""
    models = page_types() if endpoint.model is Page else [endpoint.model]
    return sorted({name for model in models for name in endpoint.get_available_fields(model)})


def addresses_of(name, endpoint):
    for pattern in endpoint.get_urlpatterns():
        assert isinstance(pattern, URLPattern)
        route = f"{name}/{pattern.pattern}"
        if "<int:pk>" in route:
            for pk in endpoint.model.objects.values_list("pk", flat=True):
                yield f"{route.replace('<int:pk>', str(pk))}?fields=*"
        elif "<" in route:
            start, _, rest = route.partition("<")
            yield from (f"{start}{value}{rest.partition('>')[2]}" for value in [*ADDRESSES, *WORDS])
        elif route.endswith("find/"):
            yield from (f"{route}?html_path=/old-{number}" for number in range(9))
            yield from (f"{route}?html_path=/{path_of(page)}" for page in Page.objects.filter(depth__gt=1))
        else:
            yield route
            yield from (f"{route}?query={word}" for word in WORDS)
            if hasattr(endpoint, "get_available_fields"):
                yield from (f"{route}?{parameters}" for parameters in list_parameters(endpoint))


def path_of(page):
    return page.url_path.split("/", 2)[2]


def list_parameters(endpoint):
    yield "fields=*&limit=50"
    yield from (f"search={word}&fields=*" for word in WORDS)
    for page in Page.objects.filter(depth__gt=1, title__contains=MARKER):
        yield from (f"{near}={page.pk}" for near in ("child_of", "id"))
    for field in fields_of(endpoint):
        yield from (f"fields=_,{field}", f"fields=_,{field}(*)")


def page_types():
    types = [*BasePage.__subclasses__()]
    types += [model for parent in types for model in parent.__subclasses__()]
    return [model for model in types if not model._meta.abstract]


def answers_to_everything(client):
    """What the form asks, with every choice that it offers."""
    form = client.get(f"{ROOT}matching/").json()
    questions = {one["name"]: one for step in form["steps"] for one in step["questions"]}
    answers = {"ticket": form["ticket"], "consent_version": form["consent"]["version"]}
    for name, question in questions.items():
        keys = [choice["key"] for choice in question["choices"] or []]
        given = {"choices": keys, "yes_or_no": name == "consent", "choice": keys and keys[0], "decimal": 1000}
        answers[name] = given.get(question["kind"], "sam@example.org")
    return answers | {"needs_help_today": "no", "phone": "020 7946 0000", "time_zone": "Europe/London"}


def crawl_what_takes_something(client):
    answers, key = answers_to_everything(client), {"idempotency-key": str(uuid.uuid4())}
    wishes = [answers, answers | {"main_concern": "other", "other_concerns": []}]
    asked = [page.pk for page in TherapistPage.objects.all()]
    for given in [{}, *wishes, *(answers | {"asked_about": pk} for pk in asked)]:
        yield "matching/suggestions/", send(client, "matching/suggestions/", given)
        yield "enquiries/", send(client, "enquiries/", given, key)
    bearer = {"authorization": f"Bearer {token(Purpose.STATUS, Enquiry.objects.earliest('received_at').pk)}"}
    for address in ("time/", "running-late/", "outcome/", "cannot-make-it/", "withdraw/", "undo-withdrawal/"):
        yield address, send(client, f"enquiries/status/{address}", {}, bearer)
    yield "enquiries/status/", client.get(f"{ROOT}enquiries/status/", headers=bearer)
    yield "enquiries/status/", client.delete(f"{ROOT}enquiries/status/?confirm=true", headers=bearer)


def send(client, address, data, headers=None):
    return client.post(ROOT + address, data, content_type="application/json", headers=headers or {})


def crawl(client):
    """Every answer, by its address."""
    for name, endpoint in api_router._endpoints.items():
        for address in addresses_of(name, endpoint):
            yield address, client.get(ROOT + address)
    labels = [model._meta.label for model in page_types()]
    for types in [*labels, ",".join(labels)]:
        for named in ("", ",seo,parent,breadcrumbs,children"):
            address = f"pages/?type={types}&fields=*{named}&limit=50"
            yield address, client.get(ROOT + address)
    yield "comparisons/?fields=table", client.get(f"{ROOT}comparisons/?fields=table")
    yield from crawl_what_takes_something(client)


def leaks(client):
    found = []
    answers = 0
    for address, response in crawl(client):
        text = response.content.decode().lower()
        answers += response.status_code == 200
        assert response.status_code < 500, address
        if any(marker.lower() in text for marker in (MARKER, SLUG_MARKER, FILE_MARKER)):
            found.append((address, response.status_code))
    assert answers > 200, "the crawl reached too little to prove anything"
    return found


def test_the_crawl_finds_what_is_public(client, secrets):
    """Guards the test itself: if nothing were found, nothing could leak."""
    titles = [row["title"] for row in client.get(f"{ROOT}pages/?limit=50").json()["items"]]

    assert {"Open page", "Open therapy", "Open concern", "Sample Open"} <= set(titles)


def test_the_crawl_comes_all_the_way_through_the_form(client, secrets):
    statuses = {(address, answer.status_code) for address, answer in crawl_what_takes_something(client)}

    assert {
        ("matching/suggestions/", 200),
        ("enquiries/", 201),
        ("enquiries/", 409),
        ("withdraw/", 200),
        ("undo-withdrawal/", 200),
        ("enquiries/status/", 200),
        ("enquiries/status/", 204),
    } <= statuses


def test_the_crawl_would_see_a_leak(client, secrets):
    PageViewRestriction.objects.all().delete()

    assert any(MARKER.encode() in answer.content for _, answer in crawl(client))


def test_nothing_hidden_is_told_to_anyone(client, secrets):
    assert leaks(client) == []


def test_a_search_for_hidden_words_finds_nothing(client, secrets):
    """Nor does it say by the number of its results that a page holds them."""
    words = [MARKER, FILE_MARKER]
    lists = [name for name, endpoint in api_router._endpoints.items() if takes_search(endpoint)]
    assert len(lists) > 5
    answers = {
        address: client.get(ROOT + address).json()
        for word in words
        for address in (f"search/?query={word}", f"search/suggestions/?query={word}", *searches(lists, word))
    }
    assert {address: answer["items"] for address, answer in answers.items() if answer["items"]} == {}
    assert {answer["meta"]["total_count"] for answer in answers.values() if "meta" in answer} == {0}


def takes_search(endpoint):
    return FullTextSearch in getattr(endpoint, "filter_backends", ())


def searches(lists, word):
    return (f"{name}/?search={word}" for name in lists)


def test_an_editors_session_is_told_no_more(client, secrets):
    """At the first addresses of each endpoint: none looks at who asks."""
    addresses = [
        address
        for name, endpoint in api_router._endpoints.items()
        for address in islice(addresses_of(name, endpoint), ADDRESSES_OF_EACH_AS_EDITOR)
    ]
    strangers = [answer_at(client, address) for address in addresses]
    client.force_login(get_user_model().objects.create_superuser("editor", password="editor"))

    assert [answer_at(client, address) for address in addresses] == strangers


def answer_at(client, address):
    response = client.get(ROOT + address)
    return address, response.status_code, TICKET.sub("", response.content.decode())


def test_a_password_given_in_a_session_opens_nothing_here(client, secrets):
    restriction = PageViewRestriction.objects.get(restriction_type="password", page__depth=3)
    session = client.session
    session["passed_page_view_restrictions"] = [restriction.pk]
    session.save()

    assert client.get(f"{ROOT}pages/{restriction.page_id}/").status_code == 404
