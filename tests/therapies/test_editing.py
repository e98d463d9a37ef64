"""Facts in the page editor: drafts, publishing, previews, going back, and mistakes."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests.factories.home import ReviewerFactory, make_site
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    ConcernIndexPageFactory,
    ConcernPageFactory,
    DimensionValueFactory,
    ReferenceFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
    make_sourced_therapy,
)
from therapies.models import TherapyPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    return TherapyIndexPageFactory(parent=make_site())


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_superuser("editor", "editor@example.org", "password")
    client.force_login(user)
    return client


@pytest.fixture
def length():
    return ComparisonDimensionFactory(key="duration", question="How long is it?", in_fact_box=True)


@pytest.fixture
def sources():
    return [ReferenceFactory(key=key, citation=f"Citation {key}") for key in ["one", "two"]]


@pytest.fixture
def therapy(index, length, sources):
    return make_sourced_therapy(index, length, sources[:1], short_value="Short: ten meetings")


def form(therapy, values=(), evidence=(), **fields):
    initial = [value for value in values if value.get("id")]
    data = {
        "title": therapy.title,
        "slug": therapy.slug,
        "summary": therapy.summary,
        "abbreviation": therapy.abbreviation,
        "other_names": ", ".join(therapy.other_names),
        "family": therapy.family,
        "in_short": therapy.in_short,
        "drawing": therapy.drawing,
        "suits": streamfield([]),
        "other_way": streamfield([]),
        "body": streamfield([]),
        "values": inline_formset(list(values), initial=len(initial)),
        "evidence": inline_formset(list(evidence)),
        "seo_title": "",
        "search_description": "",
        "comments": inline_formset([]),
    }
    return nested_form_data(data | fields)


def fact(dimension, answer, references=(), checked_on="2026-11-01", **more):
    return {
        "dimension": dimension.pk,
        "short_value": answer,
        "detail": "",
        "minimum": "",
        "maximum": "",
        "unit": "",
        "references": tuple(reference.pk for reference in references),
        "checked_on": checked_on,
        "checked_by": "",
    } | more


def edit(editor, therapy, publish=False, **changes):
    data = form(therapy, **changes) | ({"action-publish": "yes"} if publish else {})
    return editor.post(reverse("wagtailadmin_pages:edit", args=[therapy.pk]), data)


def errors(response):
    return response.context["form"].formsets["values"].errors


def public_text(editor, therapy):
    return editor.get(therapy.url).content.decode()


def preview_text(editor, therapy):
    return editor.get(reverse("wagtailadmin_pages:view_draft", args=[therapy.pk])).content.decode()


def test_a_drafted_fact_shows_in_the_preview_and_not_in_public(editor, therapy, length, sources):
    old = therapy.values.get()
    response = edit(editor, therapy, values=[fact(length, "Long: a year", sources[1:], id=old.pk)])
    assert response.status_code == 302, errors(response)
    assert "Long: a year" in preview_text(editor, therapy)
    assert "Citation two" in preview_text(editor, therapy)
    assert "Short: ten meetings" in public_text(editor, therapy)
    assert "Long: a year" not in public_text(editor, therapy)
    assert "Citation two" not in public_text(editor, therapy)


def test_the_list_of_sources_has_its_style(editor, therapy):
    text = editor.get(reverse("wagtailadmin_pages:edit", args=[therapy.pk])).content.decode()
    assert "/static/admin_css/facts.css" in text


def test_publishing_a_fact_stores_its_sources(editor, therapy, length, sources):
    old = therapy.values.get()
    response = edit(editor, therapy, publish=True, values=[fact(length, "Long: a year", sources, id=old.pk)])
    assert response.status_code == 302, errors(response)
    stored = TherapyPage.objects.get(pk=therapy.pk).values.get()
    assert stored.pk == old.pk
    assert set(stored.references.all()) == set(sources)
    assert "Long: a year" in public_text(editor, therapy)


def test_a_new_fact_and_a_removed_one(editor, therapy, length, sources):
    old = therapy.values.get()
    focus = ComparisonDimensionFactory(key="focus")
    response = edit(
        editor,
        therapy,
        publish=True,
        values=[fact(length, "x", id=old.pk, DELETE="on"), fact(focus, "Feelings", sources)],
    )
    assert response.status_code == 302, errors(response)
    stored = TherapyPage.objects.get(pk=therapy.pk).values.get()
    assert (stored.dimension, stored.short_value) == (focus, "Feelings")
    assert stored.references.count() == 2


def test_going_back_to_an_older_version_brings_its_facts_and_sources_back(editor, therapy, length, sources):
    old = therapy.values.get()
    first = therapy.save_revision()
    first.publish()
    edit(editor, therapy, publish=True, values=[fact(length, "Other", sources[1:], id=old.pk)])
    first.publish()
    stored = TherapyPage.objects.get(pk=therapy.pk).values.get()
    assert stored.short_value == "Short: ten meetings"
    assert list(stored.references.all()) == sources[:1]


def test_two_facts_may_swap_their_questions(editor, therapy, length):
    focus = ComparisonDimensionFactory(key="focus")
    one = therapy.values.get()
    two = DimensionValueFactory(therapy=therapy, dimension=focus, short_value="Two")
    response = edit(
        editor,
        therapy,
        publish=True,
        values=[fact(focus, "One", id=one.pk), fact(length, "Two", id=two.pk)],
    )
    assert response.status_code == 302, errors(response)
    stored = {v.dimension.key: v.short_value for v in TherapyPage.objects.get(pk=therapy.pk).values.all()}
    assert stored == {"focus": "One", "duration": "Two"}


@pytest.mark.guide(
    "In the therapy's Facts tab, each row answers one point of comparison: its focus, how long it lasts, "
    "how a session goes.",
)
def test_the_same_question_twice_is_explained_and_nothing_is_stored(editor, therapy, length):
    old = therapy.values.get()
    response = edit(
        editor, therapy, publish=True, values=[fact(length, "One", id=old.pk), fact(length, "Two")]
    )
    assert response.status_code == 200
    assert therapy.values.get().short_value == "Short: ten meetings"
    assert response.context["form"].formsets["values"].non_form_errors() or any(errors(response))


@pytest.mark.guide(
    "Dates may be typed as 31/12/2027 or 2027-12-31: what you type stays as it is, and what is no date is "
    "refused.",
)
@pytest.mark.parametrize(
    ("mistake", "field"),
    [
        ({"short_value": ""}, "short_value"),
        ({"minimum": 20, "maximum": 12, "unit": "sessions"}, "maximum"),
        ({"minimum": 12, "maximum": 20}, "unit"),
        ({"minimum": -1, "unit": "sessions"}, "minimum"),
        ({"minimum": "many"}, "minimum"),
        ({"unit": "fortnights"}, "unit"),
        ({"checked_on": "yesterday"}, "checked_on"),
        ({"checked_on": ""}, "checked_on"),
        ({"dimension": 999_999}, "dimension"),
        ({"references": (999_999,)}, "references"),
        ({"checked_by": 999_999}, "checked_by"),
        ({"short_value": "x" * 161}, "short_value"),
    ],
)
def test_a_mistake_is_shown_at_its_field_and_nothing_is_stored(editor, therapy, length, mistake, field):
    response = edit(editor, therapy, publish=True, values=[fact(length, "Fine") | mistake])
    assert response.status_code == 200
    assert field in errors(response)[0]
    assert therapy.values.get().short_value == "Short: ten meetings"


@pytest.mark.guide(
    "Dates may be typed as 31/12/2027 or 2027-12-31: what you type stays as it is, and what is no date is "
    "refused.",
)
def test_a_day_is_typed_in_either_way(editor, therapy, length):
    for typed in ("31/12/2025", "2025-12-31"):
        therapy.values.update(checked_on="2020-01-01")
        sent = fact(length, "Fine", checked_on=typed, id=therapy.values.get().pk)
        assert edit(editor, therapy, publish=True, values=[sent]).status_code == 302
        assert therapy.values.get().checked_on == date(2025, 12, 31)


def test_evidence_without_a_source_is_explained(editor, therapy):
    concern = ConcernPageFactory(parent=ConcernIndexPageFactory(parent=therapy.get_parent().get_parent()))
    row = {
        "concern": concern.pk,
        "level": "trial",
        "population": "",
        "note": "",
        "reference": "",
        "checked_on": "2026-11-01",
    }
    response = edit(editor, therapy, publish=True, evidence=[row])
    assert response.status_code == 200
    assert "reference" in response.context["form"].formsets["evidence"].errors[0]
    response = edit(editor, therapy, publish=True, evidence=[row | {"level": "clinical_experience"}])
    assert response.status_code == 302
    assert concern.title in public_text(editor, therapy)


def test_a_draft_opens_though_what_it_named_is_gone(editor, therapy, length, sources):
    old = therapy.values.get()
    gone = ComparisonDimensionFactory(key="gone")
    reviewer = ReviewerFactory()
    edit(
        editor,
        therapy,
        values=[
            fact(length, "Kept", sources[1:], id=old.pk, checked_by=reviewer.pk),
            fact(gone, "Dropped"),
        ],
    )
    gone.delete()
    sources[1].delete()
    reviewer.delete()
    response = editor.get(reverse("wagtailadmin_pages:edit", args=[therapy.pk]))
    assert response.status_code == 200
    assert "Kept" in preview_text(editor, therapy)


def test_a_copied_therapy_has_facts_of_its_own(editor, therapy, sources):
    copy = therapy.copy(update_attrs={"title": "Copy", "slug": "copy", "abbreviation": "CO"})
    assert copy.values.get().pk != therapy.values.get().pk
    assert list(copy.values.get().references.all()) == sources[:1]
    assert list(therapy.values.get().references.all()) == sources[:1]


class TestWordsAgainstFacts:
    @pytest.fixture
    def lasting(self, therapy, length):
        return [fact(length, "", minimum=16, maximum=16, unit="sessions", id=therapy.values.get().pk)]

    def messages(self, response):
        return [str(message) for message in response.context["messages"]]

    def publish(self, editor, therapy, **changes):
        data = form(therapy, **changes) | {"action-publish": "yes"}
        url = reverse("wagtailadmin_pages:edit", args=[therapy.pk])
        return editor.post(url, data, follow=True)

    def body(self, text):
        return streamfield([("paragraph", rich_text(f"<p>{text}</p>"))])

    @pytest.mark.guide("When words contradict a fact, you are told as you hand in and publish.")
    def test_an_editor_is_warned_and_the_page_is_published(self, editor, therapy, lasting):
        words = "SAT typically lasts 12-20 sessions."
        response = self.publish(editor, therapy, values=lasting, body=self.body(words))
        warning = "“12-20 sessions” does not fit what is recorded for SAT: 16 sessions."
        assert warning in self.messages(response)
        assert words in public_text(editor, therapy)

    @pytest.mark.guide("When words contradict a fact, you are told as you hand in and publish.")
    @pytest.mark.filterwarnings("ignore:get_connection")  # Wagtail tells moderators
    def test_an_editor_is_warned_while_handing_in(self, editor, therapy, lasting):
        words = self.body("SAT typically lasts 12-20 sessions.")
        data = form(therapy, values=lasting, body=words) | {"action-submit": "yes"}
        response = editor.post(reverse("wagtailadmin_pages:edit", args=[therapy.pk]), data, follow=True)
        assert therapy.workflow_in_progress
        assert sum("does not fit what is recorded" in text for text in self.messages(response)) == 1

    def test_an_alias_that_belongs_to_another_therapy_brings_a_warning(self, editor, index, therapy):
        TherapyPageFactory(parent=index, title="Interpersonal therapy", abbreviation="IPT")
        response = self.publish(editor, therapy, other_names="IPT")
        assert any("it is a name of Interpersonal therapy" in message for message in self.messages(response))

    def test_words_that_agree_bring_no_warning(self, editor, therapy, lasting):
        response = self.publish(editor, therapy, values=lasting, body=self.body("SAT takes 16 sessions."))
        assert len(self.messages(response)) == 1

    def test_a_draft_brings_no_warning(self, editor, therapy, lasting):
        data = form(therapy, values=lasting, body=self.body("SAT takes 40 sessions."))
        url = reverse("wagtailadmin_pages:edit", args=[therapy.pk])
        assert len(self.messages(editor.post(url, data, follow=True))) == 1

    def test_the_words_of_a_message_are_not_markup(self, editor, index, therapy):
        TherapyPageFactory(parent=index, title="<b>Bold</b> therapy", abbreviation="BT")
        response = self.publish(editor, therapy, other_names="BT")
        assert "<b>Bold</b>" not in response.content.decode()


def test_a_new_comparison_block_starts_without_a_row_to_fill_in():
    [block] = [
        block
        for name, block in TherapyPage.body.field.stream_block.child_blocks.items()
        if name == "comparison"
    ]
    assert block.get_form_state(block.get_default())["dimensions"] == []


@pytest.mark.guide(
    "The side panel Preview shows the draft's facts beside those of another therapy: choose Facts, in a "
    "comparison below it.",
)
def test_the_facts_of_a_draft_are_previewed_in_a_table(editor, index, length):
    therapy, other = TherapyPageFactory.create_batch(2, parent=index)
    for page in (therapy, other):
        DimensionValueFactory(therapy=page, dimension=length, short_value=f"As long as {page.pk}")
    draft = TherapyPage.objects.get(pk=therapy.pk)
    draft.values = [DimensionValueFactory.build(dimension=length, short_value="Shorter now")]
    draft.save_revision()
    address = reverse("wagtailadmin_pages:view_draft", args=[therapy.pk])
    words = editor.get(address, {"mode": "facts"}).content.decode()
    assert "Shorter now" in words
    assert f"As long as {other.pk}" in words
    assert f"As long as {therapy.pk}" not in words


@pytest.mark.guide(
    "Find the sources by words of their citation, take them up with a press, and set checked on to the day "
    "you looked.",
)
def test_sources_are_found_by_parts_of_words_with_or_without_accents(editor, client):
    ReferenceFactory(key="wojcik-2020", citation="Wójcik J. On grief.")
    ReferenceFactory(key="other", citation="Other")
    answer = editor.get(reverse("search_sources"), {"q": "wojcik grief"}).json()
    assert [source["text"] for source in answer["sources"]] == [
        str(ReferenceFactory._meta.model.objects.get(key="wojcik-2020"))
    ]
    assert len(editor.get(reverse("search_sources"), {"q": "x" * 900}).json()["sources"]) == 0
    client.logout()
    assert client.get(reverse("search_sources")).status_code == 302
