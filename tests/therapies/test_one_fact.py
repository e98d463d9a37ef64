"""One fact, edited from wherever it shows, by the rules of its page."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from core.reviews.signing import sign_off
from tests.factories.home import ReviewerFactory, make_site
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    ConcernIndexPageFactory,
    DimensionValueFactory,
    ReferenceFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
    make_sourced_therapy,
)
from therapies.models import TherapyPage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_connection"),  # Wagtail tells moderators
]


@pytest.fixture
def index():
    return TherapyIndexPageFactory(parent=make_site())


@pytest.fixture
def length():
    return ComparisonDimensionFactory(key="duration", question="How long is it?", in_fact_box=True)


@pytest.fixture
def therapy(index, length):
    therapy = make_sourced_therapy(index, length, [ReferenceFactory()], short_value="Ten meetings")
    other = ComparisonDimensionFactory(key="focus", question="What of?")
    DimensionValueFactory(therapy=therapy, dimension=other, short_value="Feelings")
    therapy.save_revision().publish()
    return TherapyPage.objects.get(pk=therapy.pk)


def log_in(client, *groups):
    person = User.objects.create_user(groups[0], email="someone@example.org")
    person.groups.set(Group.objects.filter(name__in=groups))
    client.force_login(person)
    return person


def address(therapy, key="duration"):
    return reverse("edit_fact", args=[therapy.pk, key])


def fact(answer, **more):
    return {
        "fact-short_value": answer,
        "fact-detail": "",
        "fact-minimum": "",
        "fact-maximum": "",
        "fact-unit": "",
        "fact-checked_on": "2026-11-01",
        "fact-checked_by": "",
    } | more


def published(therapy):
    return {
        value.dimension.key: value.short_value
        for value in TherapyPage.objects.get(pk=therapy.pk).values.all()
    }


def drafted(therapy):
    page = Page.objects.get(pk=therapy.pk).get_latest_revision_as_object()
    return {value.dimension.key: value.short_value for value in page.values.all()}


@pytest.fixture
def shown(index, therapy, length):
    """The addresses that show the fact."""
    other = TherapyPageFactory(parent=index, title="Other", slug="other", abbreviation="OT")
    DimensionValueFactory(therapy=other, dimension=length, short_value="A year")
    article = TherapyPageFactory(parent=index, title="Third", slug="third", abbreviation="TH")
    article.body = [("comparison", {"heading": "", "therapies": [therapy, other], "dimensions": []})]
    article.save_revision().publish()
    return [therapy.url, f"{index.url}compare/ot-vs-sat/", article.url]


@pytest.mark.guide(
    "From the page itself, Edit the facts in the bar at its corner leads there; on a comparison, it names "
    "each therapy.",
    "To change one fact, press Edit this fact below it, wherever you see it: on the therapy's page, in a "
    "comparison, in an article.",
)
def test_whoever_may_edit_finds_the_way_wherever_the_fact_shows(client, therapy, shown):
    for group, may_edit in (("Content editor", True), ("Matching team", False)):
        log_in(client, group)
        for where in shown:
            words = client.get(where).content.decode()
            assert (f'href="{address(therapy)}?next={where.replace("/", "%2F")}"' in words) is may_edit, where
            assert ("Edit the facts" in words) is may_edit
        on_comparison = client.get(shown[1]).text
        assert ("Edit the facts of OT" in on_comparison and "of SAT" in on_comparison) is may_edit
    client.logout()
    for where in shown:
        assert "Edit this fact" not in client.get(where).content.decode()


@pytest.mark.guide("Change it, and publish or hand in; then you are back where you saw it.")
def test_a_fact_is_published_and_all_else_stays(client, therapy):
    log_in(client, "Moderators")
    answer = client.get(address(therapy), {"next": therapy.url})
    assert "How long is it?" in answer.content.decode()
    assert "Feelings" not in answer.content.decode()
    assert '<option value="facts" selected>' in answer.content.decode()
    assert answer.context["action_menu"].default_item.name == "action-publish"
    sources = [source.pk for source in ReferenceFactory.create_batch(2)]
    data = fact("Twenty meetings", **{"fact-references": sources})
    data |= {"action-publish": "action-publish", "next": therapy.url}
    answer = client.post(address(therapy), data)
    assert (answer.status_code, answer["Location"]) == (302, therapy.url)
    assert published(therapy) == drafted(therapy) == {"duration": "Twenty meetings", "focus": "Feelings"}
    page = TherapyPage.objects.get(pk=therapy.pk)
    stored = page.values.get(dimension__key="duration")
    assert sorted(source.pk for source in stored.references.all()) == sources
    assert page.title == "Sample therapy"


@pytest.mark.guide(
    "Content editor: writes pages and facts, and hands them in",
    "Moderators: read what was handed in, and publish it, or pass it on to clinical review.",
)
def test_an_editor_hands_it_in_and_nothing_is_public_before_it_is_approved(client, therapy):
    log_in(client, "Content editor")
    menu = client.get(address(therapy)).context["action_menu"]
    names = {item.name for item in (menu.default_item, *menu.menu_items)}
    assert menu.default_item.name == "action-submit" and "action-publish" not in names
    client.post(address(therapy), fact("Not allowed", **{"action-publish": "yes"}))
    assert published(therapy)["duration"] == "Ten meetings"
    client.post(address(therapy), fact("Twenty meetings", **{"action-submit": "yes"}))
    assert published(therapy)["duration"] == "Ten meetings"
    assert drafted(therapy)["duration"] == "Twenty meetings"
    assert TherapyPage.objects.get(pk=therapy.pk).workflow_in_progress
    log_in(client, "Moderators")
    task = TherapyPage.objects.get(pk=therapy.pk).current_workflow_task_state
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    assert client.post(address(therapy), fact("Twenty meetings", **approve)).status_code == 302
    task.refresh_from_db()
    assert (task.status, published(therapy)["duration"]) == ("approved", "Twenty meetings")


def test_a_draft_keeps_its_other_changes(client, therapy):
    draft = therapy.get_latest_revision_as_object()
    draft.title = "A new name"
    draft.save_revision()
    log_in(client, "Moderators")
    client.post(address(therapy), fact("Twenty meetings"))
    page = Page.objects.get(pk=therapy.pk).get_latest_revision_as_object()
    assert (page.title, drafted(therapy)["duration"]) == ("A new name", "Twenty meetings")
    assert published(therapy)["duration"] == "Ten meetings"


@pytest.mark.guide(
    "The buttons ask what kind of change it is where the page was reviewed.",
    "A review is of words: of everything that a page says, its facts and evidence too, as one draft has it.",
)
def test_a_reviewed_page_is_asked_by_the_button_what_kind_of_change_it_is(client, therapy):
    reviewer = ReviewerFactory()
    today = timezone.localdate()
    due = today.replace(year=today.year + 1, day=1)
    sign_off(therapy, therapy.latest_revision, reviewer, next_due=due)
    log_in(client, "Moderators")
    words = client.get(address(therapy)).content.decode()
    assert "a small correction" in words and "it needs review" in words
    for said, word in (("small", "corrected_on"), ("review", "awaits_review_since")):
        client.post(address(therapy), fact(f"By {said}", **{"action-publish": said}))
        page = TherapyPage.objects.get(pk=therapy.pk)
        assert published(therapy)["duration"] == f"By {said}"
        assert getattr(page, word) == today
    client.post(address(therapy), fact("By nobody", **{"action-publish": "action-publish"}))
    assert published(therapy)["duration"] == "By review"


def test_words_that_contradict_the_fact_are_told(client, therapy):
    therapy.body = [("paragraph", "<p>SAT typically lasts 12-20 sessions.</p>")]
    therapy.save_revision().publish()
    log_in(client, "Moderators")
    data = fact("", **{"fact-minimum": 30, "fact-maximum": 30, "fact-unit": "sessions"})
    answer = client.post(address(therapy), data | {"action-publish": "yes"}, follow=True)
    told = [str(message) for message in answer.context["messages"]]
    assert "“12-20 sessions” does not fit what is recorded for SAT: 30 sessions." in told


def test_a_mistake_is_shown_at_its_field_and_nothing_is_stored(client, therapy):
    log_in(client, "Moderators")
    before = therapy.revisions.count()
    data = fact("", **{"fact-minimum": 20, "fact-maximum": 12, "fact-unit": "sessions"})
    answer = client.post(address(therapy), data | {"action-publish": "yes"})
    assert answer.status_code == 200
    assert "This is smaller than the first number." in answer.content.decode()
    assert therapy.revisions.count() == before


def test_a_lock_and_missing_rights_hold_here_too(client, therapy):
    log_in(client, "Profile manager")
    assert client.post(address(therapy), fact("No")).status_code == 302
    assert drafted(therapy)["duration"] == "Ten meetings"
    locker = log_in(client, "Administrator")
    TherapyPage.objects.filter(pk=therapy.pk).update(locked=True, locked_by=locker, locked_at=timezone.now())
    log_in(client, "Content editor")
    assert client.post(address(therapy), fact("No")).status_code == 200
    assert drafted(therapy)["duration"] == "Ten meetings"


def test_the_preview_shows_what_is_typed(client, therapy):
    log_in(client, "Content editor")
    preview = reverse("preview_fact", args=[therapy.pk, "duration"])
    assert client.post(preview, fact("Thirty meetings")).json() == {"is_valid": True, "is_available": True}
    assert "Thirty meetings" in client.get(preview, {"mode": "facts"}).content.decode()
    assert drafted(therapy)["duration"] == "Ten meetings"


def test_what_is_no_fact_leads_to_the_page_or_nowhere(client, therapy):
    log_in(client, "Moderators")
    answer = client.get(address(therapy, "nothing"))
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[therapy.pk])
    other = ConcernIndexPageFactory(parent=therapy.get_parent().get_parent())
    assert client.get(address(other)).status_code == 404
    assert client.post(reverse("preview_fact", args=[other.pk, "duration"]), {}).status_code == 404
