"""A draft in another front end is what its editor sees, in the shape that the page will have."""

import json

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, Workflow, WorkflowPage
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from core.content_api.representation.page_types import page_types
from core.preview.front_end_preview import snapshot_contents
from core.preview.models import DraftSnapshot
from core.visibility import public
from home.models import InfoPage
from tests.core.preview.conftest import (
    MODE,
    latest_draft,
    opened,
    panel_of,
    panel_of_new,
    type_in,
    without_edit_urls,
)
from tests.factories.home import InfoPageFactory
from tests.factories.secrets import FILE_MARKER, MARKER, SLUG_MARKER, make_secrets
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
from tests.factories.therapists import (
    TherapistIndexPageFactory,
    TherapistPageFactory,
    WeeklyWindowFactory,
)
from tests.therapies.test_editing import fact, form
from therapies.models import TherapyPage
from therapists.matching.models import MatchingPage


def info_form(**fields):
    usual = {
        "title": "Fees",
        "slug": "fees",
        "summary": "",
        "body": streamfield([]),
        "seo_title": "",
        "search_description": "",
        "comments": inline_formset([]),
    }
    return nested_form_data(usual | fields)


@pytest.fixture
def fees(home):
    return InfoPageFactory(parent=home, title="Fees", slug="fees", summary="What a session costs.")


@pytest.fixture
def therapies(home):
    return TherapyIndexPageFactory(parent=home)


def test_what_is_typed_shows_and_nothing_is_stored_of_the_page(desk, read, fees):
    words = streamfield([("paragraph", rich_text("<p>From sixty pounds.</p>"))])
    given = type_in(desk, panel_of(fees), info_form(title="New fees", body=words))

    answer = read(given)

    assert given["content_type"] == "home.infopage"
    assert given["in_preview_panel"] == "true"
    assert (answer["id"], answer["title"]) == (fees.pk, "New fees")
    assert answer["body"][0]["value"] == "<p>From sixty pounds.</p>"
    assert answer["meta"]["breadcrumbs"][0]["title"] == "Home"
    fees.refresh_from_db()
    assert fees.title == "Fees"


def test_typing_on_replaces_what_was_kept(desk, read, fees):
    first = type_in(desk, panel_of(fees), info_form(title="One"))
    second = type_in(desk, panel_of(fees), info_form(title="Two"))

    assert read(first)["title"] == read(second)["title"] == "Two"
    assert DraftSnapshot.objects.count() == 1


def test_child_rows_that_were_never_stored_show(desk, read, therapies):
    therapy = TherapyPageFactory(parent=therapies, live=False)
    length, source = ComparisonDimensionFactory(key="length"), ReferenceFactory(citation="A guide")

    given = type_in(desk, panel_of(therapy), form(therapy, values=[fact(length, "A year", [source])]))

    [shown] = read(given)["facts"]
    assert (shown["dimension"]["key"], shown["answer"]) == ("length", "A year")
    assert [known["citation"] for known in shown["sources"]] == ["A guide"]


def test_a_page_that_was_never_saved_shows(desk, read, home):
    given = type_in(desk, panel_of_new(InfoPage, home), info_form(title="Brand new", slug="new"))

    answer = read(given)

    assert (answer["id"], answer["title"]) == (0, "Brand new")
    assert answer["meta"]["html_url"] == "http://testserver/new/"
    assert answer["meta"]["parent"]["id"] == home.pk
    assert not Page.objects.filter(title="Brand new").exists()


def test_drafts_and_versions_open_from_where_they_are_listed(desk, read, fees):
    fees.title = "Drafted"
    old = fees.save_revision()
    fees.title = "Drafted again"
    fees.save_revision()
    version = reverse("wagtailadmin_pages:revisions_view", args=[fees.pk, old.pk])

    assert read(latest_draft(desk, fees))["title"] == "Drafted again"
    assert read(opened(desk.get(version, MODE)))["title"] == "Drafted"


def test_each_opening_of_a_stored_version_stays_as_it_is(desk, read, fees):
    one = latest_draft(desk, fees)
    fees.title = "Drafted"
    fees.save_revision()
    other = latest_draft(desk, fees)

    assert (read(one)["title"], read(other)["title"]) == ("Fees", "Drafted")


def test_a_moderator_opens_what_waits_for_approval(desk, read, client, home, fees):
    workflow = Workflow.objects.get(name="Moderators approval")
    WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
    moderator = User.objects.create_superuser("moderator")
    fees.title = "For approval"
    revision = fees.save_revision()
    state = workflow.start(fees, moderator)
    client.force_login(moderator)
    task = reverse("wagtailadmin_pages:workflow_preview", args=[fees.pk, state.current_task_state.task_id])

    link = f"/admin/pages/{fees.pk}/revisions/{revision.pk}/view/?mode=front-end"
    assert link in client.get(task).content.decode()
    assert read(opened(client.get(link)))["title"] == "For approval"


def previewed_types() -> set[str]:
    return {model._meta.label for model in page_types() if model.has_front_end_preview}


def test_a_draft_answers_as_its_page_does_and_hides_as_much(read, client, db):
    """Every type of page, each row and link of which points at something hidden as well."""
    make_secrets()
    first, second = TherapyPage.objects.filter(slug__in=["open-therapy", "other-therapy"])
    ComparisonPageFactory(parent=first.get_parent(), first=first, second=second)
    client.force_login(User.objects.create_superuser("all"))
    compared = set()
    for page in public(Page.objects.filter(depth__gt=1)).specific():
        if MODE["mode"] not in dict(page.preview_modes):
            continue
        if page.alias_of_id is None:  # an alias has no drafts
            page.save_revision()
        answer = read(latest_draft(client, page))
        assert without_edit_urls(answer) == client.get(f"/api/v2/pages/{page.pk}/").json()
        assert not any(marker in str(answer) for marker in (MARKER, SLUG_MARKER, FILE_MARKER))
        compared.add(answer["meta"]["type"])
    assert previewed_types() - compared == set(), "make_secrets() in tests/factories/secrets.py lacks these"


def test_a_page_of_every_type_shows_before_it_is_saved(db, rf):
    make_secrets()
    first, second = TherapyPage.objects.filter(slug__in=["open-therapy", "other-therapy"])
    ComparisonPageFactory(parent=first.get_parent(), first=first, second=second)
    seen = set()
    for page in public(Page.objects.filter(depth__gt=1)).specific():
        if MODE["mode"] not in dict(page.preview_modes):
            continue
        fields = page.serializable_data() | {"pk": None, "slug": "new"}
        draft = type(page).from_serializable_data(fields, check_fks=False)
        draft.path, draft.depth = f"{page.path[: -page.steplen]}00ZZ", page.depth
        draft.set_url_path(page.get_parent())
        told = snapshot_contents(draft, rf.get("/"))["answer"]
        assert not any(marker in told for marker in (MARKER, SLUG_MARKER, FILE_MARKER))
        seen.add(json.loads(told)["meta"]["type"])
    assert previewed_types() - seen == set(), "make_secrets() in tests/factories/secrets.py lacks these"


def test_a_draft_tells_nothing_of_other_drafts(desk, read, client, home, therapies):
    concerns = ConcernIndexPageFactory(parent=home)
    hidden = TherapyPageFactory(parent=therapies, title="Hush", slug="hush", live=False)
    secret = ConcernPageFactory(parent=concerns, title="Hush too", slug="hush-too", live=False)
    therapy = TherapyPageFactory(parent=therapies, title="Shown", slug="shown")
    DimensionValueFactory(therapy=hidden, short_value="Hush")
    TherapyEvidenceFactory(therapy=therapy, concern=secret, note="Hush")
    pair = ComparisonPageFactory(parent=therapies, title="Two", first=therapy, second=hidden, live=False)

    two, one = read(latest_draft(desk, pair)), read(latest_draft(desk, therapy))

    assert (two["first"]["title"], two["second"]) == ("Shown", None)
    assert [therapy["title"] for therapy in two["table"]["therapies"]] == ["Shown"]
    assert one["evidence"] == []
    assert "hush" not in f"{one}{two}".lower()


def test_a_table_in_a_draft_is_made_from_the_drafts_facts(desk, read, therapies):
    other = TherapyPageFactory(parent=therapies)
    therapy = TherapyPageFactory(parent=therapies)
    length = ComparisonDimensionFactory()
    DimensionValueFactory(therapy=other, dimension=length)
    table = {"heading": "", "therapies": [therapy, other], "dimensions": [length], "overall": ""}
    therapy.body = [("comparison", table)]
    therapy.save()
    therapy.values.create(dimension=length, short_value="Not published yet")
    therapy.save_revision()

    assert "Not published yet" in str(read(latest_draft(desk, therapy))["body"])


def test_labels_are_in_the_language_of_the_page_and_not_of_the_admin(desk, read, home, editor):
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = "cy"
    profile.save()
    therapist = TherapistPageFactory(parent=TherapistIndexPageFactory(parent=home))
    WeeklyWindowFactory(availability=therapist.availability, weekday=0)

    [window] = read(latest_draft(desk, therapist))["availability"]["windows"]

    assert window["weekday"]["label"] == "Monday"


def test_a_type_of_page_may_stay_out(db):
    assert MODE["mode"] in dict(InfoPage().preview_modes)
    assert MODE["mode"] not in dict(MatchingPage().preview_modes)


@pytest.mark.parametrize("rows", [1, 6])
def test_a_draft_costs_the_same_however_much_is_in_it(desk, client, therapies, home, rows):
    concerns = ConcernIndexPageFactory(parent=home)
    therapy = TherapyPageFactory(parent=therapies)
    for _ in range(rows):
        source = ReferenceFactory(superseded_by=ReferenceFactory())
        DimensionValueFactory(therapy=therapy, references=[source])
        TherapyEvidenceFactory(therapy=therapy, concern=ConcernPageFactory(parent=concerns), reference=source)
    draft = therapy.save_revision().as_object()
    given = latest_draft(desk, therapy)

    with CaptureQueriesContext(connection) as making:
        assert snapshot_contents(draft, RequestFactory().get("/"))
    with CaptureQueriesContext(connection) as reading:
        assert client.get("/api/v2/page_preview/", given).status_code == 200

    assert (len(making), len(reading)) == (14, 4)
