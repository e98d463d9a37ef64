"""`/therapies/compare/…`: addresses, redirects, visibility, and what the pages show."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories.home import make_site
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    ComparisonPageFactory,
    DimensionValueFactory,
    ReferenceFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)

pytestmark = pytest.mark.django_db

COMPARE = "/therapies/compare/"


@pytest.fixture
def index():
    return TherapyIndexPageFactory(parent=make_site())


@pytest.fixture
def dit(index):
    return TherapyPageFactory(
        parent=index, title="Dynamic interpersonal therapy", slug="dynamic", abbreviation="DIT"
    )


@pytest.fixture
def ipt(index):
    return TherapyPageFactory(
        parent=index, title="Interpersonal therapy", slug="interpersonal", abbreviation="IPT"
    )


@pytest.fixture
def focus(dit, ipt):
    focus = ComparisonDimensionFactory(key="focus", question="What does it focus on?")
    nice = ReferenceFactory(key="nice", citation="A guideline about talking")
    DimensionValueFactory(
        therapy=dit, dimension=focus, short_value="Patterns out of awareness", references=[nice]
    )
    DimensionValueFactory(therapy=ipt, dimension=focus, short_value="Relationships today")
    return focus


@pytest.mark.guide(
    "Any two to four therapies can be compared by a visitor, with nothing written.",
    "The differences, their sources and dates come from the facts.",
)
def test_any_two_published_therapies_have_a_comparison(client, focus):
    response = client.get(f"{COMPARE}dit-vs-ipt/")
    assert response.status_code == 200
    html = response.content.decode()
    assert "Patterns out of awareness" in html
    assert "Relationships today" in html
    assert "A guideline about talking" in html
    assert "14 October 2026" in html
    assert '<link rel="canonical" href="http://testserver/therapies/compare/dit-vs-ipt/">' in html


@pytest.mark.parametrize(
    "address",
    [
        "ipt-vs-dit",
        "DIT-vs-IPT",
        "dynamic-vs-interpersonal",
        "interpersonal-vs-dit",
        "Dynamic-vs-ipt",
    ],
)
def test_other_ways_to_write_it_lead_to_the_one_address(client, focus, address):
    response = client.get(f"{COMPARE}{address}/")
    assert (response.status_code, response.url) == (301, f"{COMPARE}dit-vs-ipt/")
    assert client.get(f"{COMPARE}{address}/?utm_source=a").url == f"{COMPARE}dit-vs-ipt/?utm_source=a"


@pytest.mark.parametrize(
    "address",
    [
        "dit-vs-nothing",
        "dit",
        "dit-vs-",
        "-vs-dit",
        "dit-vs-dit",
        "dit-vs-dynamic",
        "dit-vs-ipt-vs-dit",
        "dit-versus-ipt",
        "dit-vs-ipt/extra",
        "dit-vs-ipt%00",
        "dit-vs-%27%20OR%201=1",
        "x-vs-" * 200 + "x",
        "-vs-" * 300,
        "../dit-vs-ipt",
    ],
)
def test_an_address_that_names_no_pair_is_not_found(client, focus, address):
    assert client.get(f"{COMPARE}{address}/").status_code == 404


@pytest.mark.guide("Any two to four therapies can be compared by a visitor, with nothing written.")
def test_three_and_four_can_be_compared_and_five_cannot(client, index, focus):
    for name in ["ACT", "CAT", "EMDR"]:
        TherapyPageFactory(parent=index, abbreviation=name)
    assert client.get(f"{COMPARE}act-vs-dit-vs-ipt/").status_code == 200
    assert client.get(f"{COMPARE}act-vs-cat-vs-dit-vs-ipt/").status_code == 200
    assert client.get(f"{COMPARE}act-vs-cat-vs-dit-vs-emdr-vs-ipt/").status_code == 404


def test_a_slug_may_contain_the_separator(client, index, dit):
    TherapyPageFactory(parent=index, title="Calm versus worry", slug="calm-vs-worry")
    assert client.get(f"{COMPARE}calm-vs-worry-vs-dit/").status_code == 200
    assert client.get(f"{COMPARE}dit-vs-calm-vs-worry/").url == f"{COMPARE}calm-vs-worry-vs-dit/"


def test_an_abbreviation_that_no_address_can_hold_gives_way_to_the_slug(client, index, dit):
    TherapyPageFactory(parent=index, slug="sample-therapy", abbreviation="A/B")
    assert client.get(f"{COMPARE}dit-vs-sample-therapy/").status_code == 200


class TestWhatMayNotBeRead:
    def not_found(self, client):
        return client.get(f"{COMPARE}dit-vs-ipt/").status_code == 404

    def test_an_unpublished_therapy(self, client, focus, ipt):
        ipt.unpublish()
        assert self.not_found(client)

    def test_an_expired_therapy(self, client, focus, ipt):
        type(ipt).objects.filter(pk=ipt.pk).update(expire_at=timezone.now() - timedelta(hours=1))
        assert self.not_found(client)

    def test_a_restricted_therapy(self, client, focus, ipt):
        PageViewRestriction.objects.create(page=ipt, restriction_type="login")
        assert self.not_found(client)

    def test_everything_under_an_expired_list(self, client, focus, index):
        type(index).objects.filter(pk=index.pk).update(expire_at=timezone.now() - timedelta(hours=1))
        assert self.not_found(client)
        assert client.get("/therapies/").status_code == 404

    def test_an_unpublished_dimension_makes_no_row(self, client, focus):
        focus.unpublish()
        html = client.get(f"{COMPARE}dit-vs-ipt/").content.decode()
        assert "What does it focus on?" not in html
        assert "Relationships today" not in html

    def test_an_unpublished_source_is_not_named(self, client, focus, dit):
        dit.values.get().references.get().unpublish()
        html = client.get(f"{COMPARE}dit-vs-ipt/").content.decode()
        assert "A guideline about talking" not in html
        assert "Patterns out of awareness" in html


class TestAnEditorsOwnPage:
    @pytest.fixture
    def written(self, index, dit, ipt):
        return ComparisonPageFactory(
            parent=index,
            title="How they differ",
            slug="how-they-differ",
            first=ipt,
            second=dit,
            overall="<p>Both look at relationships.</p>",
        )

    @pytest.mark.guide(
        "List of therapies → Comparison: two therapies beside each other.",
        "The differences, their sources and dates come from the facts.",
    )
    def test_the_compare_address_serves_it(self, client, focus, written):
        html = client.get(f"{COMPARE}dit-vs-ipt/").content.decode()
        assert "How they differ" in html
        assert "Both look at relationships." in html
        assert "Patterns out of awareness" in html

    @pytest.mark.guide(
        "Write a Comparison page where a pair is often asked for: choose the pair, and say for each of the "
        "two in a few lines whom it may suit; where you leave that empty, the lines of the therapy's own "
        "page stand there.",
        "Overall stands below them: what both have in common, or what no study knows.",
    )
    def test_says_first_which_of_them_might_suit(self, client, focus, written, dit):
        written.first_heading = "IPT, if one thing is hard"
        written.first_suits = [("line", "A loss or a quarrel.")]
        written.save()
        dit.suits = [("line", "you want to know why")]
        dit.save()
        html = client.get(f"{COMPARE}dit-vs-ipt/").content.decode()
        sides = ["DIT may suit you if", "you want to know why", "IPT, if one thing is hard", "A loss or a"]
        places = [*sides, "Patterns out of awareness", "Both look at relationships."]
        assert sorted(places, key=html.index) == places

    def test_its_own_address_in_the_tree_leads_there(self, client, focus, written):
        response = client.get("/therapies/how-they-differ/")
        assert (response.status_code, response.url) == (301, f"{COMPARE}dit-vs-ipt/")
        assert written.url == f"{COMPARE}dit-vs-ipt/"
        assert written.full_url == f"http://testserver{COMPARE}dit-vs-ipt/"

    def test_a_draft_of_it_is_not_served(self, client, focus, written):
        written.unpublish()
        response = client.get(f"{COMPARE}dit-vs-ipt/")
        assert response.status_code == 200
        assert "Both look at relationships." not in response.content.decode()
        assert client.get("/therapies/how-they-differ/").status_code == 404

    def test_it_goes_when_one_of_its_therapies_goes(self, client, focus, written, ipt):
        PageViewRestriction.objects.create(page=ipt, restriction_type="login")
        assert client.get(f"{COMPARE}dit-vs-ipt/").status_code == 404
        assert client.get("/therapies/how-they-differ/").status_code == 404

    def test_a_comparison_of_three_does_not_borrow_it(self, client, index, focus, written):
        TherapyPageFactory(parent=index, abbreviation="ACT")
        html = client.get(f"{COMPARE}act-vs-dit-vs-ipt/").content.decode()
        assert "Both look at relationships." not in html


class TestChoosing:
    def test_begins_with_the_therapy_that_a_reader_comes_from(self, client, focus):
        response = client.get(COMPARE, {"with": "ipt"})
        assert response.status_code == 200
        assert response.content.decode().count("checked") == 1

    def test_the_form_is_a_page_of_its_own(self, client, focus):
        response = client.get(COMPARE)
        assert response.status_code == 200
        assert "Dynamic interpersonal therapy (DIT)" in response.content.decode()

    def test_a_choice_leads_to_its_address(self, client, focus):
        response = client.get(COMPARE, {"therapy": ["ipt", "dit"]})
        assert (response.status_code, response.url) == (302, f"{COMPARE}dit-vs-ipt/")

    @pytest.mark.parametrize(
        ("chosen", "message"),
        [
            (["ipt"], "Choose at least one more therapy to compare with."),
            (["ipt", "ipt"], "Choose at least one more therapy to compare with."),
            (["ipt", "unknown"], "One of these is not a therapy that we describe."),
            (["ipt", "<script>"], "One of these is not a therapy that we describe."),
            (["", ""], "One of these is not a therapy that we describe."),
            (["ipt", "\x00"], "One of these is not a therapy that we describe."),
        ],
    )
    def test_a_choice_that_cannot_be_shown_is_explained(self, client, focus, chosen, message):
        response = client.get(COMPARE, {"therapy": chosen})
        assert response.status_code == 400
        assert message in response.content.decode()

    def test_five_are_too_many_to_read(self, client, index, focus):
        names = ["act", "cat", "cft", "dit", "ipt"]
        for name in names[:3]:
            TherapyPageFactory(parent=index, abbreviation=name.upper())
        response = client.get(COMPARE, {"therapy": names})
        assert response.status_code == 400
        assert "Choose no more than four" in response.content.decode()
        assert response.content.decode().count("checked") == 5

    def test_what_is_unpublished_cannot_be_chosen(self, client, focus, ipt):
        ipt.unpublish()
        assert client.get(COMPARE, {"therapy": ["ipt", "dit"]}).status_code == 400


def queries(client, django_assert_max_num_queries, url):
    with django_assert_max_num_queries(200) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_more_facts_and_more_therapies_ask_the_database_no_more(
    client, index, dit, ipt, focus, django_assert_max_num_queries
):
    url = f"{COMPARE}dit-vs-ipt/"
    client.get(url)
    few = queries(client, django_assert_max_num_queries, url)
    more = [TherapyPageFactory(parent=index, abbreviation=f"X{n}") for n in range(6)]
    for dimension in ComparisonDimensionFactory.create_batch(8):
        for therapy in [dit, ipt, *more]:
            DimensionValueFactory(
                therapy=therapy, dimension=dimension, references=ReferenceFactory.create_batch(2)
            )
    assert queries(client, django_assert_max_num_queries, url) == few
    assert queries(client, django_assert_max_num_queries, f"{COMPARE}dit-vs-ipt-vs-x0-vs-x1/") <= few
