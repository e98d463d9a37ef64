"""What a page about health is checked for while it is written."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from core.admin.content_checks import PracticeContentChecker, failed_checks, words_found
from core.claims import claims_on
from home.models import InfoPage
from tests.content_checker import checker_in, failed_in, selectors_in
from tests.factories.home import InfoPageFactory, ReviewerFactory, make_site
from tests.factories.therapies import (
    ConcernIndexPageFactory,
    ConcernPageFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)

CARE_CARD = ("care_card", {"level": "urgent", "heading": "Call 111 if:", "text": "<p>it is urgent</p>"})


@pytest.fixture
def home(db):
    return make_site()


@pytest.fixture
def concern(home):
    """An article that lacks nothing."""
    return ConcernPageFactory(
        parent=ConcernIndexPageFactory(parent=home),
        summary="What it is like.",
        reviewer=ReviewerFactory(),
        last_reviewed=timezone.localdate() - timedelta(days=30),
        next_review_due=timezone.localdate() + timedelta(days=300),
        body=[("paragraph", "<p>Many people feel better.</p>"), CARE_CARD],
    )


def test_an_article_that_lacks_nothing_passes(concern):
    assert failed_checks(concern) == []


@pytest.mark.guide(
    "It also says where a reviewer, a summary, a care card or the lines about whom a therapy suits are "
    "missing, and which pages promise too much.",
)
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"reviewer": None}, "no-reviewer"),
        ({"next_review_due": timezone.localdate() - timedelta(days=1)}, "review-overdue"),
        ({"summary": "  "}, "no-summary"),
        ({"body": [("paragraph", "<p>Words.</p>")]}, "no-care-card"),
        ({"title": "A cure for sadness"}, "promise"),
    ],
)
def test_each_lack_is_told(concern, change, told):
    for name, value in change.items():
        setattr(concern, name, value)

    assert failed_checks(concern) == [told]


def test_a_promise_is_told_where_its_words_depend_on_another_page(concern):
    link = {"page": concern.get_parent(), "label": "A guaranteed way out"}
    concern.body = [("invitation", {"heading": "Go", "text": "On", "link": link}), CARE_CARD]

    assert failed_checks(concern) == ["promise"]


@pytest.mark.guide(
    "It also says where a reviewer, a summary, a care card or the lines about whom a therapy suits are "
    "missing, and which pages promise too much.",
)
def test_a_therapy_that_says_nothing_of_whom_it_suits_is_told(home):
    therapy = TherapyPageFactory(parent=TherapyIndexPageFactory(parent=home), reviewer=ReviewerFactory())
    assert failed_checks(therapy) == ["no-verdict"]
    therapy.suits = [("line", "the same story returns")]
    assert failed_checks(therapy) == []


def test_how_the_house_works_needs_no_reviewer_and_no_care_card(home):
    page = InfoPageFactory(parent=home, body=[("paragraph", "<p>A session costs sixty pounds.</p>")])

    assert failed_checks(page) == []


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("This therapy cures depression.", True),
        ("We guarantee results.", True),
        ("Results are guaranteed.", True),
        ("It is 100% effective.", True),
        ("It works for everyone.", True),
        ("There is no cure, and we do not guarantee results.", False),
        ("We can’t guarantee a time. Obscure words secure nothing.", False),
        ("Nobody promises you anything. We guarantee it.", True),
    ],
)
def test_a_promise_is_told_and_its_denial_is_not(home, words, is_told):
    in_text = InfoPage(title="Fees", summary="S", body=[("paragraph", f"<p>Before.</p><p>{words}</p>")])
    in_summary = InfoPage(title="Fees", summary=words)

    assert ("promise" in failed_checks(in_text)) == is_told
    assert ("promise" in failed_checks(in_summary)) == is_told


@pytest.mark.guide(
    "Checks, and a message as you hand in or publish, name the very words that promise too much, that say a "
    "therapy helps where no evidence is recorded, that do not fit a fact or are hard to read, and a title "
    "or training in a profile without its registration or qualification.",
)
def test_checks_names_the_very_words(concern, rf):
    concern.summary = "It works for everyone."
    claims = claims_on(concern)
    checker = PracticeContentChecker(failed_checks(concern, claims), words=words_found(claims))
    told = checker.get_axe_messages(rf.get("/"))["practice-promise"]["help_text"]
    assert told.startswith("“works for everyone” (summary).")


def test_a_page_that_is_none_of_ours_passes(db):
    assert failed_checks(None) == []


def test_the_sites_own_preview_tells_what_the_draft_lacks(admin_client, concern):
    """Of the draft as it stands, and by rules that the panel beside it knows too."""
    concern.summary = ""
    concern.save_revision()

    addresses = [reverse(f"wagtailadmin_pages:{view}", args=[concern.pk]) for view in ("view_draft", "edit")]
    draft, panel = (checker_in(admin_client.get(address).content.decode()) for address in addresses)

    assert failed_in(draft) == {"no-summary"}
    assert draft["messages"]["practice-no-summary"]["error_name"] == "There is no summary"
    assert draft["options"]["runOnly"] == panel["options"]["runOnly"]
    assert draft["spec"]["rules"] == panel["spec"]["rules"]


@pytest.mark.guide("Show issue marks the words in the preview.")
def test_the_sites_own_preview_points_to_the_words_of_a_claim(admin_client, concern):
    """*Show issue* leads to what a rule finds: in the preview to the words, and elsewhere to the heading."""
    concern.body = [("paragraph", "<p>Many feel better.</p><p>It works for everyone.</p>"), CARE_CARD]
    concern.save_revision().publish()
    draft = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[concern.pk])).content.decode()

    [shown] = BeautifulSoup(draft, "html.parser").select('[data-check~="promise"]')
    assert shown.text == "It works for everyone."
    assert selectors_in(draft) == {"promise": '[data-check~="promise"]'}
    assert selectors_in(admin_client.get(concern.url).content.decode()) == {}
