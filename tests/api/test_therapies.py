import pytest
from wagtail.models import PageViewRestriction

from home.models import InfoPage
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
from therapies.enums import EvidenceLevel, TherapyFamily


@pytest.fixture
def facts(home):
    class Facts:
        index = TherapyIndexPageFactory(parent=home)
        concerns = ConcernIndexPageFactory(parent=home)
        dit = TherapyPageFactory(
            parent=index,
            title="Dynamic therapy",
            slug="dynamic",
            abbreviation="DIT",
            family=TherapyFamily.PSYCHODYNAMIC,
        )
        ipt = TherapyPageFactory(
            parent=index,
            title="Interpersonal therapy",
            slug="interpersonal",
            abbreviation="IPT",
            family=TherapyFamily.INTERPERSONAL,
        )
        low = ConcernPageFactory(parent=concerns, title="Feeling low", slug="feeling-low")
        source = ReferenceFactory(key="guide", citation="A guide", url="https://example.org/guide")
        focus = ComparisonDimensionFactory(key="focus", label="Focus", question="What is the focus?")
        duration = ComparisonDimensionFactory(key="duration", label="Length", question="How long?")

    DimensionValueFactory(
        therapy=Facts.ipt, dimension=Facts.focus, short_value="Relationships", references=[Facts.source]
    )
    DimensionValueFactory(therapy=Facts.dit, dimension=Facts.focus, short_value="Patterns")
    DimensionValueFactory(
        therapy=Facts.dit, dimension=Facts.duration, short_value="", minimum=16, maximum=16, unit="sessions"
    )
    TherapyEvidenceFactory(
        therapy=Facts.ipt,
        concern=Facts.low,
        level=EvidenceLevel.TRIAL,
        reference=Facts.source,
        note="It helped.",
    )
    return Facts


def test_a_therapy_has_its_facts_and_evidence(read, facts):
    answer = read(f"therapies/{facts.ipt.pk}/")

    assert answer["family"] == {"key": "interpersonal", "label": "Interpersonal"}
    [fact] = answer["facts"]
    assert fact["dimension"] == {"key": "focus", "label": "Focus", "question": "What is the focus?"}
    assert fact["answer"] == "Relationships"
    assert fact["checked_on"] == "2026-10-14"
    assert [source["citation"] for source in fact["sources"]] == ["A guide"]
    [evidence] = answer["evidence"]
    assert evidence["concern"]["title"] == "Feeling low"
    assert evidence["level"] == {"key": "trial", "label": "Tested in trials"}
    assert evidence["source"]["key"] == "guide"


def test_a_range_is_given_as_numbers_and_as_words(read, facts):
    [_, length] = read(f"therapies/{facts.dit.pk}/")["facts"]

    assert (length["minimum"], length["maximum"], length["unit"]) == (16, 16, "sessions")
    assert length["answer"] == "16 sessions"


def test_what_is_unpublished_of_a_fact_is_left_out(read, facts):
    facts.source.live = False
    facts.source.save()
    facts.duration.live = False
    facts.duration.save()

    assert read(f"therapies/{facts.ipt.pk}/")["facts"][0]["sources"] == []
    assert read(f"therapies/{facts.ipt.pk}/")["evidence"][0]["source"] is None
    assert [fact["answer"] for fact in read(f"therapies/{facts.dit.pk}/")["facts"]] == ["Patterns"]
    assert read("references/")["items"] == []
    assert [row["key"] for row in read("dimensions/")["items"]] == ["focus"]
    read(f"references/{facts.source.pk}/", status=404)


@pytest.mark.parametrize("address", ["concerns/{pk}/", "concerns/?fields=*", "pages/{pk}/"])
def test_evidence_about_a_hidden_therapy_is_not_told(client, facts, address):
    PageViewRestriction.objects.create(page=facts.ipt, restriction_type="login")

    response = client.get(f"/api/v2/{address.format(pk=facts.low.pk)}")

    assert response.status_code == 200
    assert "It helped." not in response.content.decode()


def test_therapies_are_filtered_by_family_and_concern(read, facts):
    def titles(address):
        return [row["title"] for row in read(address)["items"]]

    assert titles("therapies/") == ["Dynamic therapy", "Interpersonal therapy"]
    assert titles("therapies/?family=interpersonal") == ["Interpersonal therapy"]
    assert titles("therapies/?family=interpersonal,psychodynamic&order=-title") == [
        "Interpersonal therapy",
        "Dynamic therapy",
    ]
    assert titles("therapies/?concern=feeling-low") == ["Interpersonal therapy"]
    assert titles("concerns/?therapy=interpersonal") == ["Feeling low"]
    assert titles("concerns/?therapy=dynamic") == []
    assert read("therapies/?family=zz", status=400)["errors"].keys() == {"family"}
    assert [row["key"] for row in read("references/?year_min=2000&year_max=2030")["items"]] == ["guide"]


@pytest.mark.parametrize("address", ["dit-vs-ipt", "ipt-vs-dit", "interpersonal-vs-dynamic"])
def test_any_two_therapies_are_compared(read, facts, address):
    answer = read(f"comparisons/{address}/")

    assert answer["address"] == "dit-vs-ipt"
    assert answer["url"] == "http://testserver/therapies/compare/dit-vs-ipt/"
    table = answer["table"]
    assert [therapy["short_name"] for therapy in table["therapies"]] == ["DIT", "IPT"]
    [focus, length] = table["rows"]
    assert [cell["fact"]["answer"] for cell in focus["cells"]] == ["Patterns", "Relationships"]
    assert focus["cells"][1]["source_numbers"] == [1]
    assert length["cells"][1] == {"therapy": facts.ipt.pk, "fact": None, "source_numbers": []}
    assert table["sources"][0]["citation"] == "A guide"


def test_what_visitors_read_is_on_the_site_wherever_the_api_is(read, facts, settings):
    settings.WAGTAILAPI_BASE_URL = "https://cms.example"

    answer = read("comparisons/dit-vs-ipt/")

    assert answer["detail_url"] == "https://cms.example/api/v2/comparisons/dit-vs-ipt/"
    assert answer["url"] == "http://testserver/therapies/compare/dit-vs-ipt/"
    assert answer["table"]["therapies"][0]["url"] == "http://testserver/therapies/dynamic/"


def test_every_pair_is_listed_with_what_is_written_about_it(read, facts):
    cat = TherapyPageFactory(parent=facts.index, title="Analytic therapy", slug="analytic", abbreviation="")
    ComparisonPageFactory(parent=facts.index, title="The two", first=facts.ipt, second=facts.dit)

    pairs = read("comparisons/")["items"]

    assert [pair["address"] for pair in pairs] == ["analytic-vs-dit", "analytic-vs-ipt", "dit-vs-ipt"]
    assert [pair["page"] and pair["page"]["title"] for pair in pairs] == [None, None, "The two"]
    assert [therapy["short_name"] for therapy in pairs[2]["therapies"]] == ["DIT", "IPT"]
    for pair in pairs:
        assert read(f"comparisons/{pair['address']}/")["url"] == pair["url"]
    cat.unpublish()
    assert [pair["address"] for pair in read("comparisons/")["items"]] == ["dit-vs-ipt"]


def test_a_comparison_with_a_hidden_therapy_is_not_there(read, facts):
    written = ComparisonPageFactory(parent=facts.index, title="The two", first=facts.dit, second=facts.ipt)
    assert read("comparisons/dit-vs-ipt/")["page"]["url"] == "http://testserver/therapies/compare/dit-vs-ipt/"
    facts.dit.unpublish()

    read("comparisons/dit-vs-ipt/", status=404)
    read("comparisons/dit-vs-nothing/", status=404)
    read(f"pages/{written.pk}/", status=404)


def test_a_comparison_block_is_a_table_with_the_same_shape(read, facts):
    facts.dit.body = [
        (
            "comparison",
            {
                "heading": "Side by side",
                "therapies": [facts.dit, facts.ipt],
                "dimensions": [facts.focus],
                "overall": "<p>In short</p>",
            },
        )
    ]
    facts.dit.save_revision().publish()

    [block] = read(f"therapies/{facts.dit.pk}/")["body"]

    assert block["type"] == "comparison"
    assert [row["dimension"]["key"] for row in block["value"]["table"]["rows"]] == ["focus"]
    assert (block["value"]["heading"], block["value"]["overall"]) == ("Side by side", "<p>In short</p>")
    facts.focus.unpublish()
    [block] = read(f"therapies/{facts.dit.pk}/")["body"]
    assert block["value"]["table"]["rows"] == []
    facts.ipt.unpublish()
    [block] = read(f"therapies/{facts.dit.pk}/")["body"]
    assert block["value"] == {"heading": None, "table": None, "overall": ""}


def test_a_page_of_a_pair_points_at_the_compare_address(read, facts, home):
    written = ComparisonPageFactory(parent=facts.index, title="The two", first=facts.dit, second=facts.ipt)
    linking = home.add_child(
        instance=InfoPage(
            title="Linking",
            slug="linking",
            body=[("paragraph", f'<p><a linktype="page" id="{written.pk}">x</a></p>')],
        )
    )
    address = "http://testserver/therapies/compare/dit-vs-ipt/"

    assert address in read(f"pages/{linking.pk}/")["body"][0]["value"]
    assert read(f"pages/{written.pk}/")["meta"]["html_url"] == address
    assert address in [row["meta"]["html_url"] for row in read("pages/")["items"]]
    assert read(f"pages/{written.pk}/")["first"]["title"] == "Dynamic therapy"
    assert read("pages/find/?html_path=/therapies/compare/dit-vs-ipt/")["id"] == written.pk
