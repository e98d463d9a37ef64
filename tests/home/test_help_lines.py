import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.help_lines import in_order
from home.models import CrisisHelp
from home.models.urgent_help import HelpLineBlock
from home.urgent_help.groups import HelpGroup

LINES = [
    {"name": "Talk"},
    {"name": "Child", "especially_for": "under_18"},
    {"name": "Abuse", "especially_for": "domestic_abuse"},
    {"name": "Rape", "especially_for": "sexual_violence"},
    {"name": "999", "is_emergency": True},
    {"name": "Text"},
]


@pytest.mark.guide("Especially for puts a line first where somebody's words, or their age, are about that.")
@pytest.mark.parametrize(
    ("groups", "is_under_age", "names"),
    [
        ((), False, "999 Talk Text Child Abuse Rape"),
        ((HelpGroup.SUICIDE,), False, "999 Talk Text Child Abuse Rape"),
        ((HelpGroup.ABUSE,), False, "999 Abuse Rape Talk Text Child"),
        ((), True, "Child 999 Talk Text Abuse Rape"),
        ((HelpGroup.ABUSE,), True, "Child 999 Abuse Rape Talk Text"),
    ],
)
def test_lines_come_by_what_was_said(groups: tuple, is_under_age: bool, names: str) -> None:
    ordered = in_order(LINES, lambda line: line, groups, is_under_age=is_under_age)
    assert " ".join(line["name"] for line in ordered) == names


def shown(**value: object) -> BeautifulSoup:
    stored = {"name": "Shout", "what_for": "To write", "hours": "Always", "nations": "UK"} | value
    html = render_to_string(HelpLineBlock().meta.template, {"self": stored, "value": stored})
    return BeautifulSoup(html, "html.parser")


def test_text_message_can_be_tapped() -> None:
    link = shown(text_number="Text SHOUT to 85258", sms_number="85 258", sms_words="SHOUT").find("a")
    assert link["href"] == "sms:85258?body=SHOUT"
    assert link.get_text(strip=True) == "Text SHOUT to 85258"


def test_text_message_without_a_number_is_only_said() -> None:
    line = shown(text_number="Write to us")
    assert not line.find("a")
    assert "Write to us" in line.text


@pytest.mark.guide(
    "Urgent help: the help lines, for which nation, their hours, and what each says of itself, with the "
    "page that says so.",
)
def test_what_a_service_says_of_itself_has_its_source() -> None:
    line = shown(answers="Within five minutes.", source="https://example.org/faq/")
    assert line.find("a", href="https://example.org/faq/").get_text(strip=True) == "Shout says so"
    assert not shown(source="https://example.org/faq/").find("a")


@pytest.mark.guide(
    "Help lines: ring each number, and set numbers checked on to that day.",
    "Ring each number once a quarter and set numbers checked on.",
)
@pytest.mark.django_db
def test_who_rang_the_numbers_is_stored(client: Client, admin_user: User) -> None:
    client.force_login(admin_user)
    site = Site.objects.get(is_default_site=True)
    address = reverse("wagtailsettings:edit", args=["home", "crisishelp", site.pk])
    today = timezone.localdate()
    posted = {"heading": "Now", "introduction": "", "help_lines": streamfield([]), "page": ""}
    client.post(address, nested_form_data(posted | {"checked_on": today}))
    stored = CrisisHelp.objects.get(site=site)
    assert (stored.checked_on, stored.checked_by) == (today, admin_user.get_username())
