"""What the pages of therapies and concerns show, and to whom."""

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.factories.home import make_site
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    ComparisonPageFactory,
    ConcernIndexPageFactory,
    ConcernPageFactory,
    DimensionValueFactory,
    ReferenceFactory,
    TherapyEvidenceFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from therapies.blocks import ComparisonBlock
from therapies.enums import EvidenceLevel
from therapies.models import ConcernPage, TherapyPage

pytestmark = pytest.mark.django_db

OLD, NEW = "Eleven meetings", "Nineteen meetings"


@pytest.fixture
def home():
    return make_site()


@pytest.fixture
def index(home):
    return TherapyIndexPageFactory(parent=home)


@pytest.fixture
def concerns(home):
    return ConcernIndexPageFactory(parent=home)


@pytest.fixture
def length():
    return ComparisonDimensionFactory(key="duration", question="How long is it?", in_fact_box=True)


@pytest.fixture
def dit(index, length):
    dit = TherapyPageFactory(parent=index, title="Dynamic therapy", slug="dynamic", abbreviation="DIT")
    DimensionValueFactory(therapy=dit, dimension=length, short_value=OLD)
    dit.save()  # the search index is written with the page
    return dit


@pytest.fixture
def ipt(index, length):
    ipt = TherapyPageFactory(parent=index, title="Relational therapy", slug="relational", abbreviation="IPT")
    DimensionValueFactory(therapy=ipt, dimension=length, short_value="Fourteen meetings")
    return ipt


def comparison_body(*therapies, dimensions=(), heading="Side by side"):
    value = {
        "heading": heading,
        "therapies": [therapy.pk for therapy in therapies],
        "dimensions": [dimension.pk for dimension in dimensions],
        "overall": "",
    }
    return [{"type": "comparison", "value": value, "id": "00000000-0000-0000-0000-000000000001"}]


def text(client, page_or_url):
    url = page_or_url if isinstance(page_or_url, str) else page_or_url.url
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


@pytest.mark.guide(
    "A fact is kept once.",
    "Pages, tables, search and other sites take it from there.",
    "List of therapies → Comparison: The table is made from the facts",
)
def test_a_corrected_fact_changes_everywhere_it_shows(client, search_index, index, dit, ipt):
    reader = TherapyPageFactory(parent=index, title="Reader", body=comparison_body(dit, ipt))
    ComparisonPageFactory(parent=index, first=dit, second=ipt)
    third = TherapyPageFactory(parent=index, abbreviation="ACT")
    places = [dit.url, reader.url, "/therapies/compare/dit-vs-ipt/", "/therapies/compare/act-vs-dit/"]
    places += [f"/api/v2/therapies/{dit.pk}/"]
    for place in places:
        assert OLD in text(client, place)
    assert dit in TherapyPage.objects.search("eleven").results()

    draft = TherapyPage.objects.get(pk=dit.pk)
    [fact] = draft.values.all()
    fact.short_value = NEW
    draft.values = [fact]
    draft.save_revision().publish()

    for place in places:
        assert OLD not in text(client, place)
        assert NEW in text(client, place)
    assert dit in TherapyPage.objects.search("nineteen").results()
    assert not list(TherapyPage.objects.search("eleven"))
    assert third.values.count() == 0


def test_a_draft_fact_shows_in_its_own_previews_only(client, admin_client, index, dit, ipt):
    draft = TherapyPage.objects.get(pk=dit.pk)
    draft.body = comparison_body(dit, ipt)
    [fact] = draft.values.all()
    fact.short_value = NEW
    draft.values = [fact]
    draft.save_revision()
    preview = text(admin_client, reverse("wagtailadmin_pages:view_draft", args=[dit.pk]))
    assert OLD not in preview
    assert preview.count(NEW) == 2
    for place in [dit.url, "/therapies/compare/dit-vs-ipt/"]:
        assert NEW not in text(client, place)


class TestATherapy:
    @pytest.mark.guide(
        "The verdict comes first.",
        "Under It may suit you if write two to four lines that end this sentence, and as many under Another "
        "way may suit you more if, each with the therapy to look at where there is one: its name is a link "
        "while that page is public.",
    )
    def test_says_first_whom_it_may_suit_and_leads_to_what_may_suit_more(
        self, client, search_index, dit, ipt
    ):
        dit.suits = [("line", "the same story returns")]
        dit.other_way = [
            ("line", {"words": "one quarrel is the trouble", "therapy": ipt}),
            ("line", {"words": "life is not safe", "therapy": None}),
        ]
        dit.save()
        html = text(client, dit)
        places = ["the same story returns", "one quarrel is the trouble", "life is not safe", OLD]
        assert sorted(places, key=html.index) == places
        assert f'see <a href="{ipt.url}">IPT</a>' in html
        assert dit in TherapyPage.objects.search("quarrel").results()
        ipt.unpublish()
        html = text(client, dit)
        assert "one quarrel is the trouble" in html
        assert "IPT" not in html

    @pytest.mark.guide(
        "Each point of comparison says where its answers stand: in the fact box, in large words at the top "
        "of a therapy's page (keep those answers to a few words, and put the rest into more detail); in "
        "comparisons only, where the article says it in its own words; or else folded at the end.",
    )
    def test_leaves_to_comparisons_what_its_article_says_itself(self, client, dit, ipt, length):
        length.in_fact_box, length.only_compared = False, True
        length.save_revision().publish()
        assert OLD not in text(client, dit)
        assert OLD in text(client, "/therapies/compare/dit-vs-ipt/")

    def test_leads_to_what_editors_wrote_about_it_and_another(self, client, index, dit, ipt):
        written = ComparisonPageFactory(parent=index, title="Which of the two?", first=dit, second=ipt)
        assert "Which of the two?" in text(client, ipt)
        written.unpublish()
        assert "Which of the two?" not in text(client, ipt)

    def test_helps_with_only_what_may_be_read(self, client, concerns, dit):
        shown, draft, private = (
            ConcernPageFactory(parent=concerns, title=title, live=title != "Draft concern")
            for title in ["Shown concern", "Draft concern", "Private concern"]
        )
        PageViewRestriction.objects.create(page=private, restriction_type="login")
        for concern in [shown, draft, private]:
            TherapyEvidenceFactory(therapy=dit, concern=concern)
        html = text(client, dit)
        assert f'href="{shown.url}"' in html
        assert "Draft concern" not in html
        assert "Private concern" not in html

    @pytest.mark.guide(
        "“What can help” on the page of a concern and “How much is known” on a therapy's are made of this.",
        "Record what speaks against a therapy too: tested, and not found better, and may be less helpful, "
        "with the source.",
        "A concern can have one row of each strength, for different people; a page about the concern lists "
        "such findings apart from what can help.",
    )
    def test_findings_against_a_therapy_stand_apart_from_what_can_help(self, client, concerns, dit, ipt):
        grief = ConcernPageFactory(parent=concerns, title="Grief")
        TherapyEvidenceFactory(therapy=dit, concern=grief, level=EvidenceLevel.LESS_HELPFUL)
        TherapyEvidenceFactory(therapy=dit, concern=grief, level=EvidenceLevel.NOT_BETTER)
        assert "What can help" not in text(client, grief)
        TherapyEvidenceFactory(therapy=ipt, concern=grief, level=EvidenceLevel.EARLY)
        known = text(client, grief).partition("What can help")[2]
        helps, _, rest = known.partition("Tested, and not found better")
        assert ipt.title in helps
        assert dit.title not in helps
        assert dit.title in rest
        about = text(client, dit).partition('id="about-evidence"')[2]
        assert about.index("Tested, and not found better") < about.index("May be less helpful")
        assert EvidenceLevel.LESS_HELPFUL.marks == ()

    @pytest.mark.guide(
        "In the Evidence tab, say for which concern, for whom, how strong, and from which source.",
    )
    def test_evidence_shows_in_words_strongest_first(self, client, concerns, dit):
        weak = ConcernPageFactory(parent=concerns, title="Weakly known")
        strong = ConcernPageFactory(parent=concerns, title="Strongly known")
        TherapyEvidenceFactory(therapy=dit, concern=weak, level=EvidenceLevel.EARLY)
        TherapyEvidenceFactory(
            therapy=dit,
            concern=strong,
            level=EvidenceLevel.GUIDELINE_FIRST,
            population="Adults who were asked",
            reference=ReferenceFactory(citation="A guideline"),
        )
        html = text(client, dit).partition('id="about-evidence"')[2]
        assert html.index("Strongly known") < html.index("Weakly known")
        assert "Recommended first in a guideline" in html
        assert "For: Adults who were asked" in html
        assert "A guideline" in html

    def test_an_unpublished_source_is_not_named(self, client, concerns, dit):
        reference = ReferenceFactory(citation="A withdrawn source", live=False)
        concern = ConcernPageFactory(parent=concerns)
        TherapyEvidenceFactory(therapy=dit, concern=concern, reference=reference)
        assert "A withdrawn source" not in text(client, dit)

    def test_every_link_within_the_page_leads_somewhere(self, client, concerns, dit, ipt):
        TherapyEvidenceFactory(therapy=dit, concern=ConcernPageFactory(parent=concerns))
        value = dit.values.get()
        value.references = [ReferenceFactory()]
        value.save()
        dit.body = [{"type": "heading", "value": "Sources"}, *comparison_body(dit, ipt)]
        dit.save()
        soup = BeautifulSoup(text(client, dit), "html.parser")
        ids = [tag["id"] for tag in soup.find_all(id=True)]
        assert len(ids) == len(set(ids))
        targets = [a["href"][1:] for a in soup.find_all("a", href=True) if a["href"].startswith("#")]
        assert targets
        assert set(targets) <= set(ids)

    def test_it_asks_no_more_for_many_facts_than_for_one(
        self, client, index, concerns, dit, ipt, django_assert_max_num_queries
    ):
        def queries():
            with django_assert_max_num_queries(200) as captured:
                text(client, dit)
            return len(captured)

        DimensionValueFactory(therapy=dit, references=[ReferenceFactory()])
        TherapyEvidenceFactory(
            therapy=dit, concern=ConcernPageFactory(parent=concerns), reference=ReferenceFactory()
        )
        queries()
        few = queries()
        for _ in range(6):
            DimensionValueFactory(therapy=dit, references=ReferenceFactory.create_batch(2))
            TherapyEvidenceFactory(
                therapy=dit, concern=ConcernPageFactory(parent=concerns), reference=ReferenceFactory()
            )
            TherapyPageFactory(parent=index)
        assert queries() == few


class TestAConcern:
    def test_shows_what_helps_strongest_first_and_only_what_may_be_read(
        self, client, index, concerns, dit, ipt
    ):
        concern = ConcernPageFactory(parent=concerns, clinical_term="Sample term")
        hidden = TherapyPageFactory(parent=index, title="Hidden therapy", live=False)
        TherapyEvidenceFactory(therapy=dit, concern=concern, level=EvidenceLevel.EARLY)
        TherapyEvidenceFactory(therapy=ipt, concern=concern, level=EvidenceLevel.TRIAL)
        TherapyEvidenceFactory(therapy=hidden, concern=concern, level=EvidenceLevel.TRIAL)
        html = text(client, concern)
        assert "Sample term" in html
        assert html.index("Relational therapy") < html.index("Dynamic therapy")
        assert "Hidden therapy" not in html

    def test_links_to_related_and_narrower_concerns_that_may_be_read(self, client, concerns):
        related = ConcernPageFactory(parent=concerns, title="Related one")
        draft = ConcernPageFactory(parent=concerns, title="Related draft", live=False)
        concern = ConcernPageFactory(parent=concerns, adjacent=[related, draft])
        ConcernPageFactory(parent=concern, title="Narrower one")
        ConcernPageFactory(parent=concern, title="Narrower draft", live=False)
        html = text(client, concern)
        assert "Related one" in html
        assert "Narrower one" in html
        assert "draft" not in html

    def test_it_asks_no_more_for_many_than_for_one(
        self, client, index, concerns, dit, django_assert_max_num_queries
    ):
        concern = ConcernPageFactory(parent=concerns, adjacent=[ConcernPageFactory(parent=concerns)])
        ConcernPageFactory(parent=concern)
        TherapyEvidenceFactory(therapy=dit, concern=concern, reference=ReferenceFactory())

        def queries():
            with django_assert_max_num_queries(200) as captured:
                text(client, concern)
            return len(captured)

        queries()
        few = queries()
        for _ in range(6):
            therapy = TherapyPageFactory(parent=index)
            TherapyEvidenceFactory(therapy=therapy, concern=concern, reference=ReferenceFactory())
            ConcernPageFactory(parent=ConcernPage.objects.get(pk=concern.pk))
        concern.refresh_from_db()
        concern.adjacent = ConcernPageFactory.create_batch(5, parent=ConcernPage.objects.first().get_parent())
        concern.save()
        assert queries() == few


def test_the_lists_group_what_is_published(client, index, concerns, dit):
    TherapyPageFactory(parent=index, title="Draft therapy", live=False)
    ConcernPageFactory(parent=concerns, title="Shown concern")
    ConcernPageFactory(parent=concerns, title="Draft concern", live=False)
    DimensionValueFactory(therapy=dit, short_value="", minimum=3, maximum=9, unit="months")
    html = text(client, index)
    assert "3 to 9 months" in html
    assert "Dynamic therapy (DIT)" in html
    assert "Integrative" in html
    assert "Draft therapy" not in html
    html = text(client, concerns)
    assert "Shown concern" in html
    assert "Draft concern" not in html


@pytest.mark.guide(
    "Give them a heading in a visitor's words, and groups with headings as a visitor would say them (“It "
    "comes over me”).",
    "What stands in no group follows by its family or kind.",
)
def test_the_lists_keep_the_groups_of_editors_and_leave_nothing_out(client, index, concerns, dit, ipt):
    hidden = TherapyPageFactory(parent=index, title="Hidden therapy", live=False)
    index.heading = "What would you like to do?"
    index.groups = [
        ("group", {"heading": "To understand", "drawing": "mirror", "pages": [dit, hidden]}),
        ("group", {"heading": "For nobody yet", "drawing": "", "pages": [hidden]}),
    ]
    index.save()
    soup = BeautifulSoup(text(client, index), "html.parser")
    assert soup.h1.text == "What would you like to do?"
    groups = {
        group.h2.text: [link.text for link in group.select("h3 a")]
        for group in soup.select(".contents__group")
    }
    assert groups == {
        "To understand": ["Dynamic therapy (DIT)"],
        "Integrative": ["Relational therapy (IPT)"],
    }


class TestTheBlock:
    def test_shows_the_chosen_points_in_the_editors_order(self, client, index, dit, ipt, length):
        cost = ComparisonDimensionFactory(key="cost", question="What does it cost?")
        reader = TherapyPageFactory(parent=index, body=comparison_body(dit, ipt, dimensions=[cost, length]))
        html = text(client, reader)
        assert html.index("What does it cost?") < html.index("How long is it?")
        assert html.count("Not recorded") == 2

    def test_visitors_see_nothing_until_two_are_published(self, client, admin_client, index, dit, ipt):
        reader = TherapyPageFactory(parent=index, body=comparison_body(dit, ipt))
        reader.save_revision()
        ipt.unpublish()
        html = text(client, reader)
        assert OLD not in html
        assert "at least two of its therapies must be published" not in html
        preview = text(admin_client, reverse("wagtailadmin_pages:view_draft", args=[reader.pk]))
        assert "at least two of its therapies must be published" in preview

    def test_leaves_out_one_of_three_that_may_not_be_read(self, client, index, dit, ipt):
        third = TherapyPageFactory(parent=index, title="Private therapy")
        PageViewRestriction.objects.create(page=third, restriction_type="login")
        html = text(client, TherapyPageFactory(parent=index, body=comparison_body(dit, third, ipt)))
        assert OLD in html
        assert "Private therapy" not in html

    def test_outlives_a_therapy_and_a_point_that_were_deleted(self, client, index, dit, ipt, length):
        third = TherapyPageFactory(parent=index, title="Deleted therapy")
        gone = ComparisonDimensionFactory()
        body = comparison_body(dit, third, ipt, dimensions=[gone, length])
        reader = TherapyPageFactory(parent=index, body=body)
        third.delete()
        gone.delete()
        assert OLD in text(client, reader)

    def test_has_a_preview_for_the_picker(self, dit, ipt):
        block = ComparisonBlock()
        html = block.render(block.get_preview_value(), {"request": RequestFactory().get("/")})
        assert "<table" in html


def test_the_previews_of_snippets_show_their_row_and_their_line(admin_client, dit, ipt, length):
    reference = ReferenceFactory(citation="A drafted citation")
    for snippet, words in [(reference, "A drafted citation"), (length, OLD)]:
        snippet.save_revision()
        viewset = type(snippet).snippet_viewset
        url = reverse(viewset.get_url_name("revisions_view"), args=[snippet.pk, snippet.latest_revision.pk])
        assert words in text(admin_client, url)
