"""The structured data of therapies, concerns and comparisons."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from core.seo.page_graph import graph_of
from tests.factories.home import make_site
from tests.factories.therapies import (
    ComparisonPageFactory,
    ConcernIndexPageFactory,
    ConcernPageFactory,
    DimensionValueFactory,
    ReferenceFactory,
    TherapyEvidenceFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.structured_data import graph_in, of_type, problems
from therapies.enums import ConcernKind, EvidenceLevel
from therapies.models import TherapyIndexPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def therapies() -> TherapyIndexPage:
    return TherapyIndexPageFactory(parent=make_site())


def about(client: Client, path: str) -> dict[str, Any]:
    graph = graph_in(client.get(path).content.decode())
    assert problems(graph) == []
    return of_type(graph, "MedicalWebPage")


def test_therapy_is_a_treatment_with_names_and_sources(client: Client, therapies: TherapyIndexPage) -> None:
    page = TherapyPageFactory(parent=therapies, title="IPT in full", slug="ipt", abbreviation="IPT")
    source = ReferenceFactory(citation="A trial", year=2020, url="https://example.org/trial")
    DimensionValueFactory(therapy=page, references=[source])
    node = about(client, "/therapies/ipt/")
    assert node["mainEntity"]["@type"] == "PsychologicalTreatment"
    assert node["mainEntity"]["alternateName"] == ["IPT"]
    assert node["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "A trial",
            "url": "https://example.org/trial",
            "datePublished": "2020",
        }
    ]


def test_source_that_is_no_longer_published_is_not_cited(client: Client, therapies: TherapyIndexPage) -> None:
    page = TherapyPageFactory(parent=therapies, slug="ipt")
    DimensionValueFactory(therapy=page, references=[ReferenceFactory(citation="MARKER", live=False)])
    assert "MARKER" not in client.get("/therapies/ipt/").content.decode()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ConcernKind.CONDITION, "MedicalCondition"),
        (ConcernKind.FEELING, "Thing"),
        (ConcernKind.LIFE_EVENT, "Thing"),
        (ConcernKind.RELATIONSHIP, "Thing"),
    ],
)
def test_only_a_condition_is_called_one(
    client: Client, therapies: TherapyIndexPage, kind: str, expected: str
) -> None:
    index = ConcernIndexPageFactory(parent=therapies.get_parent())
    ConcernPageFactory(parent=index, slug="grief", kind=kind, synonyms=["loss"])
    node = about(client, "/concerns/grief/")
    assert node["mainEntity"]["@type"] == expected
    assert node["mainEntity"]["alternateName"] == ["loss"]


def test_comparison_page_is_about_both_and_has_its_canonical_address(
    client: Client, therapies: TherapyIndexPage
) -> None:
    one, other = (TherapyPageFactory(parent=therapies, abbreviation=name) for name in ("IPT", "DIT"))
    ComparisonPageFactory(parent=therapies, first=one, second=other, summary="How they differ.")
    node = about(client, "/therapies/compare/dit-vs-ipt/")
    assert node["url"] == "http://testserver/therapies/compare/dit-vs-ipt/"
    assert [treatment["alternateName"] for treatment in node["about"]] == [["DIT"], ["IPT"]]


def test_number_of_queries_is_the_same_however_many_facts(
    rf: RequestFactory, therapies: TherapyIndexPage
) -> None:
    index = ConcernIndexPageFactory(parent=therapies.get_parent())
    few, many = TherapyPageFactory(parent=therapies), TherapyPageFactory(parent=therapies)
    for page, count in ((few, 1), (many, 8)):
        for _ in range(count):
            DimensionValueFactory(therapy=page, references=[ReferenceFactory()])
            TherapyEvidenceFactory(
                therapy=page,
                concern=ConcernPageFactory(parent=index),
                level=EvidenceLevel.TRIAL,
                reference=ReferenceFactory(),
            )
    request = rf.get("/")
    graph_of(therapies, request)  # the first call fills Wagtail's caches
    with CaptureQueriesContext(connection) as for_few:
        graph_of(type(few).objects.get(pk=few.pk), request)
    with CaptureQueriesContext(connection) as for_many:
        graph_of(type(many).objects.get(pk=many.pk), request)
    assert len(for_many) == len(for_few)
