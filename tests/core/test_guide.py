"""The guide for editors, and that it names what there is."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import get_page_models

from core.admin.guide import FILE
from core.models import BasePage
from tests.factories.home import make_site

PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


@pytest.fixture
def editor(client, db):
    make_site()
    person = get_user_model().objects.create_user("edie")
    person.groups.add(Group.objects.get(name="Content editor"))
    client.force_login(person)
    return client


def test_editors_find_the_guide_in_the_help_menu(editor):
    assert reverse("editors_guide") in editor.get(reverse("wagtailadmin_home")).text


@pytest.mark.guide(
    "Each rule, with examples of what it finds and leaves alone, stands at the end of this guide as the "
    "admin shows it.",
)
def test_the_guide_is_shown_with_its_sections_and_the_rules_on_words(editor):
    answer = editor.get(reverse("editors_guide")).text
    assert "This therapy cures depression." in answer
    assert "No therapy works for everyone." in answer
    assert '<h2 id="before-you-publish">Before you publish</h2>' in answer
    assert '<a href="#before-you-publish">Before you publish</a>' in answer
    assert "<table>" in answer
    assert "**" not in answer and "[TOC]" not in answer


def test_who_is_not_logged_in_is_led_to_the_login(client, db):
    answer = client.get(reverse("editors_guide"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_the_guide_names_each_kind_of_page(model):
    table = FILE.read_text().partition("## The pages\n")[2].partition("\n## ")[0]
    kinds = [row.split("|")[1].casefold() for row in table.splitlines() if row.startswith("|")]
    names = {name for kind in kinds for name in map(str.strip, kind.split("→"))}
    assert str(model._meta.verbose_name).casefold() in names, "Add it to “The pages” in docs/editing.md"


def names_of(models):
    return {str(model._meta.verbose_name).casefold() for model in models}


@pytest.mark.guide(
    "Information page: front page, information page",
    "List of therapies → Therapy: front page",
    "List of therapies → Comparison: front page",
    "List of concerns → Concern: front page",
    "Therapist directory → Therapist: front page",
    "Matching page: front page",
)
def test_the_guide_says_where_each_kind_of_page_may_stand():
    """The first of each row stands below what it says, and each other one below that before it."""
    table = FILE.read_text().partition("## The pages\n")[2].partition("\n## ")[0]
    rows = [[cell.strip().casefold() for cell in row.split("|")] for row in table.splitlines() if "|" in row]
    parents = {
        str(model._meta.verbose_name).casefold(): names_of(model.clean_parent_page_models())
        for model in PAGE_TYPES
    }
    assert len(rows) > 8
    for _edge, kinds, below, *_rest in rows[2:]:
        first, *others = kinds.split(" → ")
        if below:
            assert parents[first] == set(below.split(", ")), first
        for above, kind in zip([first, *others], others, strict=False):
            assert above in parents[kind], kind
