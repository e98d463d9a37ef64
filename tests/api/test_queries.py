"""A list costs as many queries for fifty rows as for one, with every field.

Nothing is remembered from one answer to the next here: each is a first one.
"""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.api import api_router
from core.content_api.viewsets import PublicViewSet
from core.models import BasePage
from home.models import Navigation
from tests.factories.home import InfoPageFactory, PracticeImageFactory, ReviewerFactory, make_site
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    ConcernIndexPageFactory,
    ConcernPageFactory,
    DimensionValueFactory,
    ReferenceFactory,
    TherapyEvidenceFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.factories.therapists import (
    TherapistConcernFactory,
    TherapistIndexPageFactory,
    TherapistPageFactory,
    TherapistTherapyFactory,
    WeeklyWindowFactory,
)

MOST_FOR_A_LIST = 12
MOST_FOR_A_PAGE = 14
#: What is named of the surroundings of rows: the pages near them, those that they tell of, and pictures.
SURROUNDINGS = "seo,parent,breadcrumbs,children"
MOST_FOR_SURROUNDINGS = 4
ROWS = 6
VIEWSETS = {
    f"{name}/": view for name, view in api_router._endpoints.items() if issubclass(view, PublicViewSet)
}
LISTS_OF_A_PAGE_TYPE = [
    "pages/?type=therapies.TherapyPage",
    "pages/?type=home.InfoPage",
    *(address for address, view in VIEWSETS.items() if issubclass(view.model, BasePage)),
]


@pytest.fixture(scope="module")
def stored_practice(module_database):
    """Each row of each list refers to others in every way it can, text and pictures included."""
    home = make_site()
    index, concern_index = TherapyIndexPageFactory(parent=home), ConcernIndexPageFactory(parent=home)
    directory = TherapistIndexPageFactory(parent=home)
    dimension, reviewer = ComparisonDimensionFactory(), ReviewerFactory()
    concerns = [ConcernPageFactory(parent=concern_index, reviewer=reviewer) for _ in range(ROWS)]
    therapies = [TherapyPageFactory(parent=index, reviewer=reviewer) for _ in range(ROWS)]
    for concern, therapy in zip(concerns, therapies, strict=True):
        image = PracticeImageFactory()
        source = ReferenceFactory(superseded_by=ReferenceFactory())
        DimensionValueFactory(therapy=therapy, dimension=dimension, references=[source], checked_by=reviewer)
        TherapyEvidenceFactory(therapy=therapy, concern=concern, reference=source)
        text = f'<p><a linktype="page" id="{concern.pk}">this</a></p>'
        body = [("paragraph", text), ("figure", {"image": image, "caption": ""})]
        compared = {"therapies": [therapy, therapies[0]], "dimensions": [dimension], "overall": text}
        therapy.body = [*body, ("comparison", compared)]
        therapy.social_image = image
        therapy.save()
        concern.body, concern.adjacent = body, concerns[:2]
        concern.save()
        InfoPageFactory(parent=home, body=body, reviewer=reviewer)
        therapist = TherapistPageFactory(parent=directory, portrait=image)
        TherapistConcernFactory(therapist=therapist, concern=concern)
        TherapistTherapyFactory(therapist=therapist, therapy=therapy)
        WeeklyWindowFactory(availability=therapist.availability)
    Navigation.objects.create(site=home.get_site(), header=[("link", {"page": page}) for page in therapies])
    return home


@pytest.fixture
def practice(stored_practice, db):
    cache.clear()  # it knows of sizes of pictures that another test made, which were rolled back
    return stored_practice


def cost(client, address):
    client.get(f"/api/v2/{address}")  # renditions are made once
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"/api/v2/{address}")
    assert response.status_code == 200, response.content
    return len(queries), response.json()


def test_lists_cost_the_same_however_long(client, practice, subtests):
    for address in dict.fromkeys([*VIEWSETS, *LISTS_OF_A_PAGE_TYPE]):
        with subtests.test(address):
            joint = "&" if "?" in address else "?"
            one, _ = cost(client, f"{address}{joint}fields=*&limit=1")
            many, answer = cost(client, f"{address}{joint}fields=*&limit=50")
            is_short = address in ("documents/", "redirects/", "dimensions/")
            assert is_short or len(answer["items"]) >= ROWS, "Make ROWS of them in `practice`"
            assert many == one
            assert many <= MOST_FOR_A_LIST


def test_what_surrounds_rows_costs_the_same_however_many(client, practice, subtests):
    for address in LISTS_OF_A_PAGE_TYPE:
        with subtests.test(address):
            joint = "&" if "?" in address else "?"
            one, _ = cost(client, f"{address}{joint}fields=*,{SURROUNDINGS}&limit=1")
            many, _ = cost(client, f"{address}{joint}fields=*,{SURROUNDINGS}&limit=50")
            assert many == one
            assert many <= MOST_FOR_A_LIST + MOST_FOR_SURROUNDINGS


def test_a_list_of_several_types_costs_no_more_than_their_own_lists(client, practice):
    types = ["home.InfoPage", "therapies.ConcernPage", "therapies.TherapyPage", "therapists.TherapistPage"]
    apart = sum(cost(client, f"pages/?type={one}&fields=*,{SURROUNDINGS}")[0] for one in types)
    together, answer = cost(client, f"pages/?type={','.join(types)}&fields=*,{SURROUNDINGS}&limit=50")

    assert {row["type"] for row in answer["items"]} == set(types)
    assert together < apart
    for index in practice.get_children().specific():
        for page in index.get_children().specific():
            page.copy(update_attrs={"slug": f"more-{page.slug}"})
    assert cost(client, f"pages/?type={','.join(types)}&fields=*,{SURROUNDINGS}&limit=50")[0] == together


def test_any_page_costs_few_queries(client, practice, epoch, subtests):
    _, answer = cost(client, "pages/?limit=50")
    for kind in {row["meta"]["type"]: row for row in answer["items"]}.values():
        with subtests.test(kind["meta"]["type"]):
            path = kind["meta"]["html_url"].removeprefix("http://testserver")
            queries, page = cost(client, f"pages/find/?html_path={path}")
            assert page["id"] == kind["id"]
            assert queries <= MOST_FOR_A_PAGE


@pytest.mark.parametrize("address", ["site/", "paths/", "comparisons/"])
def test_what_is_given_all_at_once_costs_few_queries(client, practice, address):
    assert cost(client, address)[0] <= MOST_FOR_A_LIST
