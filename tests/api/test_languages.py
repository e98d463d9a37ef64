"""A site in two languages, as a front end reads it."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from core.webhooks.models import Event
from home.models import CrisisHelp, CrisisHelpTranslation, InfoPage, Navigation
from tests.api.test_purging import again, ask, store
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    DimensionValueFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.factories.therapists import (
    TherapistIndexPageFactory,
    TherapistPageFactory,
    WeeklyWindowFactory,
)
from tests.factories.webhooks import EndpointFactory
from therapies.models import DimensionTranslation
from therapists.models import Availability


def titles(answer):
    return {row["title"] for row in answer["items"]}


@pytest.mark.parametrize("path", ["/cy/ffioedd/", "cy/ffioedd", "/cy/ffioedd/?utm=1"])
def test_a_page_is_found_by_its_path(read, two, path):
    answer = read(f"pages/find/?{urlencode({'html_path': path})}")

    assert (answer["id"], answer["meta"]["locale"]) == (two.ffioedd.pk, "cy")
    assert answer["meta"]["html_url"] == "http://testserver/cy/ffioedd/"
    assert [above["title"] for above in answer["meta"]["breadcrumbs"]] == ["Cartref"]


def test_a_front_page_is_found_in_each_language(read, two):
    assert read("pages/find/?html_path=/")["id"] == two.home.pk
    assert read("pages/find/?html_path=/cy/")["id"] == two.cartref.pk
    assert titles(read("pages/?child_of=root")) == {"Fees"}


@pytest.mark.parametrize("path", ["/cy/fees/", "/ffioedd/", "/en-gb/fees/", "/fr/", "/cy/cy/ffioedd/"])
def test_no_page_is_found_at_an_address_of_the_other_language(read, two, path):
    read(f"pages/find/?html_path={path}", status=404)


def test_a_language_without_a_front_page_has_no_paths(read, welsh):
    make_site()

    read("pages/find/?html_path=/cy/", status=404)


def test_a_redirect_says_where_a_renamed_page_is(read, two, django_capture_on_commit_callbacks):
    two.ffioedd.slug = "prisiau"
    with django_capture_on_commit_callbacks(execute=True):
        two.ffioedd.save_revision().publish()

    assert read("pages/find/?html_path=/cy/ffioedd/")["redirect"] == {
        "location": "http://testserver/cy/prisiau/",
        "permanent": True,
    }


def test_lists_are_of_every_language_or_of_one(read, two):
    assert titles(read("pages/")) == {"Home", "Cartref", "Fees", "Ffioedd"}
    assert titles(read("pages/?locale=cy")) == {"Cartref", "Ffioedd"}
    assert titles(read(f"pages/?translation_of={two.ffioedd.pk}")) == {"Fees"}
    assert list(read("pages/?locale=fr", status=400)["errors"]) == ["locale"]


def test_every_path_is_told_with_its_language(read, two):
    rows = {row["path"]: row["locale"] for row in read("paths/")["items"]}

    assert rows == {"/": "en-gb", "/cy/": "cy", "/fees/": "en-gb", "/cy/ffioedd/": "cy"}


def test_a_page_names_its_public_versions(read, two):
    one, other = (read(f"pages/{page.pk}/")["meta"]["translations"] for page in (two.fees, two.ffioedd))

    url = "http://testserver/cy/ffioedd/"
    card = {"summary": "What you can expect.", "picture": None}
    reference = {"id": two.ffioedd.pk, "type": "home.InfoPage", "title": "Ffioedd", "url": url, **card}
    assert one == [{"locale": "cy", "page": reference}]
    assert [(version["locale"], version["page"]["id"]) for version in other] == [("en-gb", two.fees.pk)]
    two.ffioedd.unpublish()
    assert read(f"pages/{two.fees.pk}/")["meta"]["translations"] == []


def test_versions_cost_the_same_for_many_rows(client, two):
    address = "/api/v2/pages/?type=home.InfoPage&fields=*"
    counts = []
    for more in (0, 6):
        for _ in range(more):
            two.in_welsh(InfoPageFactory(parent=two.home))
        client.get(address)  # where each language begins is read once
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address).json()
        assert [len(row["meta"]["translations"]) for row in answer["items"]] == [1] * 2 * (more + 1)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_site_speaks_each_language(read, two):
    site = Site.objects.get()
    Navigation.objects.create(site=site, header=[("link", {"page": two.fees, "label": ""})])
    CrisisHelp.objects.create(site=site, page=two.fees)

    english, other = read("site/"), read("site/?locale=cy")

    assert (english["locale"], english["root_url"]) == ("en-gb", "http://testserver/")
    assert (other["locale"], other["root_url"]) == ("cy", "http://testserver/cy/")
    assert other["locales"] == english["locales"]
    assert [row["locale"] for row in other["locales"]] == ["en-gb", "cy"]
    assert english["navigation"]["header"][0]["page"]["title"] == "Fees"
    assert other["navigation"]["header"][0]["page"]["url"] == "http://testserver/cy/ffioedd/"
    assert other["crisis_help"]["page"]["title"] == "Ffioedd"
    assert list(read("site/?locale=fr", status=400)["errors"]) == ["locale"]


def test_a_language_is_told_of_once_its_front_page_is_public(client, two):
    two.cartref.unpublish()

    before = client.get("/api/v2/site/")

    assert [row["locale"] for row in before.json()["locales"]] == ["en-gb"]
    assert "newly-public" in before["Surrogate-Key"].split()


@pytest.mark.parametrize(
    "change",
    [
        lambda two: again(two.fees).unpublish(),
        lambda two: again(two.ffioedd).unpublish(),
        lambda two: store(two.ffioedd, title="Prisiau"),
        lambda two: store(two.ffioedd, slug="prisiau"),
        lambda two: again(two.cartref).unpublish(),
        lambda two: two.in_welsh(InfoPage.objects.get(slug="alone")),
        lambda two: CrisisHelpTranslation.objects.create(
            original=CrisisHelp.objects.get(), locale=two.welsh, heading="Cymorth"
        ),
    ],
)
def test_what_is_announced_clears_the_answers_in_every_language(client, two, change):
    alone = InfoPageFactory(parent=two.home, title="Alone", slug="alone")
    site = Site.objects.get()
    links = [("link", {"page": page, "label": ""}) for page in (two.fees, alone)]
    Navigation.objects.create(site=site, header=links)
    CrisisHelp.objects.create(site=site, page=two.fees)
    ids = [two.home.pk, two.cartref.pk, two.fees.pk, two.ffioedd.pk, alone.pk]
    addresses = ["site/", "site/?locale=cy", "paths/", "pages/?fields=*", "pages/?locale=cy"]
    EndpointFactory()
    before = {address: ask(client, address) for address in [*addresses, *(f"pages/{pk}/" for pk in ids)]}

    change(two)

    announced = {key for event in Event.objects.all() for key in event.keys}
    for address, answer in before.items():
        if not answer.keys & announced:
            assert client.get(f"/api/v2/{address}").content == answer.body, address


def test_what_may_get_a_version_says_so_to_caches(client, two):
    therapy = TherapyPageFactory(parent=TherapyIndexPageFactory(parent=two.home))
    Navigation.objects.create(site=Site.objects.get(), header=[("link", {"page": therapy})])

    for address in (f"pages/{therapy.pk}/", "site/?locale=cy"):
        assert "newly-public" in client.get(f"/api/v2/{address}")["Surrogate-Key"].split()
    version = client.get(f"/api/v2/pages/{two.fees.pk}/")["Surrogate-Key"].split()
    assert {f"page-{two.fees.pk}", f"page-{two.ffioedd.pk}"} <= set(version)


def test_a_search_is_of_one_language(search_index, read, two):
    for endpoint in ("search/", "search/suggestions/"):
        assert read(f"{endpoint}?query=ffioedd&locale=cy")["items"]
        assert read(f"{endpoint}?query=ffioedd")["items"] == []
        read(f"{endpoint}?query=ffioedd&locale=fr", status=400)


def test_a_comparison_is_of_one_language(read, two):
    index = TherapyIndexPageFactory(parent=two.home)
    dimension = ComparisonDimensionFactory(label="Focus", question="What does it focus on?")
    DimensionTranslation.objects.create(original=dimension, locale=two.welsh, question="Ar beth?")
    for name in ("One", "Two"):
        therapy = TherapyPageFactory(parent=index, title=name, slug=name.lower())
        DimensionValueFactory(therapy=therapy, dimension=dimension)
        two.in_welsh(again(therapy), title=f"{name} (cy)")

    tables = [read(f"comparisons/one-vs-two/{query}")["table"] for query in ("", "?locale=cy")]
    english, other = (table["therapies"] for table in tables)
    asked = [
        [(row["dimension"]["label"], row["dimension"]["question"]) for row in one["rows"]] for one in tables
    ]
    assert asked == [[("Focus", "What does it focus on?")], [("Focus", "Ar beth?")]]

    assert [therapy["title"] for therapy in english] == ["One", "Two"]
    assert [therapy["title"] for therapy in other] == ["One (cy)", "Two (cy)"]
    assert other[0]["url"] == "http://testserver/cy/therapies/one/"


def test_labels_follow_the_page(read, two):
    """Django itself knows the days of the week in Welsh."""
    therapist = TherapistPageFactory(parent=TherapistIndexPageFactory(parent=two.home))
    WeeklyWindowFactory(availability=therapist.availability, weekday=0)
    version = two.in_welsh(therapist)
    WeeklyWindowFactory(availability=Availability.objects.create(therapist=version), weekday=0)

    def day(answer):
        return answer["availability"]["windows"][0]["weekday"]["label"]

    assert day(read(f"pages/{therapist.pk}/")) == "Monday"
    assert day(read(f"pages/{version.pk}/")) == "Dydd Llun"
    assert day(read(f"pages/find/?html_path=/cy/therapists/{version.slug}/")) == "Dydd Llun"
    assert [day(row) for row in read("therapists/?locale=cy&fields=*")["items"]] == ["Dydd Llun"]


def test_with_one_language_there_is_nothing_to_choose(read, home, fees):
    assert read(f"pages/{fees.pk}/")["meta"]["translations"] == []
    assert read("site/?locale=en-gb") == read("site/")
    read("site/?locale=cy", status=400)
    read("pages/find/?html_path=/cy/", status=404)
