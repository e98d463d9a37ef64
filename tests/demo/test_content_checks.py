"""The demo's own pages pass what editors are warned of: a warning there would be noise, or our fault."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from core.admin.content_checks import failed_checks
from core.visibility import public
from therapies.models import TherapyPage
from therapists.models import TherapistPage

pytestmark = pytest.mark.django_db


def test_no_page_of_the_demo_is_warned_of(demo_site: Site) -> None:
    pages = public(Page.objects.descendant_of(demo_site.root_page, inclusive=True)).specific()

    told = {page.url: failed for page in pages if (failed := failed_checks(page))}

    assert told == {}


@pytest.mark.guide(
    "Checks, and a message as you hand in or publish, name the very words that promise too much, that say a "
    "therapy helps where no evidence is recorded, that do not fit a fact or are hard to read, and a title "
    "or training in a profile without its registration or qualification.",
    "The command manage.py check_content checks every page at once.",
)
def test_the_command_finds_nothing_in_the_demo_and_names_what_is_wrong(demo_site: Site) -> None:
    said = io.StringIO()
    call_command("check_content", stdout=said)
    assert said.getvalue() == ""

    therapy = TherapyPage.objects.get(slug="interpersonal-therapy")
    said_of_it = "IPT is proven to help with low self-esteem, and takes 40 sessions."
    therapy.summary = f"{said_of_it} It works for everyone."
    therapy.save_revision()
    person = TherapistPage.objects.get(slug="ruth-kessler")
    person.professional_title = "Clinical psychologist"
    person.qualifications = []
    person.save_revision()
    call_command("check_content", stdout=said)
    with pytest.raises(CommandError) as refused:
        call_command("check_content", "--drafts", "--format=json", stdout=said)

    assert refused.value.returncode == 1
    found = {
        (one["page"].split("/")[-2], one["field"], one["rule"], one["words"])
        for one in json.loads(said.getvalue())
        if one["rule"] != "at-odds"  # Of a profile that is hidden on purpose.
    }
    assert found == {
        ("interpersonal-therapy", "summary", "promise", "works for everyone"),
        (
            "interpersonal-therapy",
            "summary",
            "efficacy",
            said_of_it,
        ),
        (
            "interpersonal-therapy",
            "body",
            "contradiction",
            said_of_it,
        ),
        ("ruth-kessler", "professional_title", "title", "clinical psychologist"),
        ("ruth-kessler", "therapies", "training", "Person-centred therapy"),
    }
