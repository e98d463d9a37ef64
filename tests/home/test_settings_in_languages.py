"""What settings say is said in the reader's language, and nobody is left without help lines."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale, Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import (
    CrisisHelp,
    CrisisHelpTranslation,
    Navigation,
    NavigationTranslation,
    PracticeSettings,
    PracticeTranslation,
)
from tests.two_languages import TwoLanguages


def stored_lines(*numbers: str) -> str:
    about = {"what_for": "Anything", "hours": "Always", "nations": "UK"}
    lines = [{"name": f"Line {number}", "phone": number} | about for number in numbers]
    return json.dumps([{"type": "help_line", "value": line} for line in lines])


@pytest.fixture
def crisis(two: TwoLanguages) -> CrisisHelp:
    return CrisisHelp.objects.create(
        site=Site.objects.get(),
        page=two.fees,
        heading="Help now",
        help_lines=stored_lines("116 123"),
        checked_on=timezone.localdate(),
    )


@pytest.fixture
def in_welsh(crisis: CrisisHelp, welsh: Locale) -> CrisisHelpTranslation:
    return CrisisHelpTranslation.objects.create(
        original=crisis, locale=welsh, heading="Cymorth", help_lines=stored_lines("0800 132 737")
    )


def numbers(client: Client, address: str, part: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    links = BeautifulSoup(response.content, "html.parser").select(f"{part} a[href^='tel:']")
    return [link["href"] for link in links]


#: Each place of a site at `prefix` that shows help lines.
PLACES = {
    "the foot of each page": lambda client, prefix, page: numbers(client, prefix, "footer"),
    "the page with more help": lambda client, prefix, page: numbers(client, page, ".help-now"),
    "the panel of the search": lambda client, prefix, page: numbers(
        client, f"{prefix}search/?query=suicide", ".help-now"
    ),
}


@pytest.mark.guide(
    "What every page shows, such as help lines, opening hours and links at the top and foot, has its words "
    "in other languages under Settings → Urgent help, Practice, Navigation, Enquiries and Points of "
    "comparison in other languages, kept by moderators and administrators.",
    "What is left empty there is shown in the main language.",
)
@pytest.mark.parametrize("place", PLACES)
def test_help_lines_are_those_of_the_language(
    search_index: None, client: Client, two: TwoLanguages, crisis: CrisisHelp, welsh: Locale, place: str
) -> None:
    shown: Callable[[Client, str, str], list[str]] = PLACES[place]
    main, welsh_page = two.fees.url, two.ffioedd.url
    assert shown(client, "/cy/", welsh_page) == ["tel:116123"]
    CrisisHelpTranslation.objects.create(
        original=crisis, locale=welsh, help_lines=stored_lines("0800 132 737")
    )
    assert shown(client, "/cy/", welsh_page) == ["tel:0800132737"]
    assert shown(client, "/", main) == ["tel:116123"]


def test_the_api_gives_those_of_the_language(
    search_index: None, client: Client, crisis: CrisisHelp, welsh: Locale
) -> None:
    def help_of(locale: str) -> tuple[Any, ...]:
        site = client.get(f"/api/v2/site/?locale={locale}").json()["crisis_help"]
        search = client.get(f"/api/v2/search/?query=suicide&locale={locale}").json()["urgent_help"]
        assert site["help_lines"] == search["help_lines"]
        phones = [line["phone"] for line in site["help_lines"]]
        return site["heading"], site["introduction"], phones, site["checked_on"]

    today = crisis.checked_on.isoformat()
    assert help_of("cy") == ("Help now", "", ["116 123"], today)
    words = CrisisHelpTranslation.objects.create(original=crisis, locale=welsh, introduction="Nawr.")
    assert help_of("cy") == ("Help now", "Nawr.", ["116 123"], today)
    words.help_lines = stored_lines("0800 132 737")
    words.save()
    # Nobody rang these numbers yet.
    assert help_of("cy") == ("Help now", "Nawr.", ["0800 132 737"], None)
    assert help_of("en-gb") == ("Help now", "", ["116 123"], today)


@pytest.mark.guide(
    "What every page shows, such as help lines, opening hours and links at the top and foot, has its words "
    "in other languages under Settings → Urgent help, Practice, Navigation, Enquiries and Points of "
    "comparison in other languages, kept by moderators and administrators.",
    "What is left empty there is shown in the main language.",
)
def test_the_practice_and_the_links_speak_it(client: Client, two: TwoLanguages) -> None:
    site = Site.objects.get()
    practice = PracticeSettings.for_site(site)
    practice.opening_hours, practice.strapline = "Mondays", "Someone to talk to"
    practice.save()
    links = [("link", {"page": two.fees, "label": "What it costs"})]
    navigation = Navigation.objects.create(site=site, header=links)
    PracticeTranslation.objects.create(original=practice, locale=two.welsh, opening_hours="Dydd Llun")
    NavigationTranslation.objects.create(
        original=navigation, locale=two.welsh, header=[("link", {"page": two.fees, "label": "Y gost"})]
    )
    welsh = client.get("/cy/ffioedd/").content.decode()
    header = BeautifulSoup(welsh, "html.parser").select("nav a[href='/cy/ffioedd/']")
    assert [link.get_text(strip=True) for link in header] == ["Y gost"]
    assert "Dydd Llun" in welsh
    assert "Someone to talk to" in welsh
    english = client.get("/fees/").content.decode()
    assert "Mondays" in english
    assert "What it costs" in english
    answer = client.get("/api/v2/site/?locale=cy").json()
    assert answer["contact"]["opening_hours"] == "Dydd Llun"
    assert answer["navigation"]["header"][0]["label"] == "Y gost"


def test_what_is_made_by_a_reader_of_another_language_is_in_the_main_one(two: TwoLanguages) -> None:
    site = Site.objects.get()
    with translation.override("de"):
        shown = CrisisHelp.localized_for_site(site)
    assert CrisisHelp.objects.get(site=site).heading == shown.heading == "Get help now"


def test_words_of_one_language_are_not_stored_as_those_of_all(
    crisis: CrisisHelp, in_welsh: CrisisHelpTranslation
) -> None:
    with translation.override("cy"):
        shown = CrisisHelp.localized_for_site(Site.objects.get())
        assert shown.heading == "Cymorth"
        with pytest.raises(TypeError):
            shown.save()
        assert CrisisHelp.for_site(Site.objects.get()).heading == "Help now"


def someone(role: str) -> User:
    person = User.objects.create_user(role)
    person.groups.add(Group.objects.get(name=role))
    return person


def test_who_translates_begins_with_the_numbers_and_is_named(client: Client, crisis: CrisisHelp) -> None:
    person = someone("Moderators")
    client.force_login(person)
    add = reverse("urgent-help-in-languages:add")
    page = client.get(add)
    assert "116 123" in page.content.decode()
    form = BeautifulSoup(page.content, "html.parser")
    assert [one.text for one in form.select("#id_locale option[value]:not([value=''])")] == ["Welsh"]
    assert form.select_one("#id_original option[selected]")["value"] == str(crisis.pk)
    today = timezone.localdate()
    line = {"name": "Meic", "what_for": "Plant", "phone": "080880 23456", "hours": "24", "nations": "Cymru"}
    posted = {"original": crisis.pk, "locale": Locale.objects.get(language_code="cy").pk, "heading": "Nawr"}
    posted |= {"introduction": "", "help_lines": streamfield([("help_line", line)]), "checked_on": today}
    assert client.post(add, nested_form_data(posted)).status_code == 302
    stored = CrisisHelpTranslation.objects.get()
    assert (stored.checked_on, stored.checked_by) == (today, person.get_username())
    assert "already" in client.post(add, nested_form_data(posted)).content.decode()


def test_who_is_told_that_numbers_of_a_language_are_due(
    client: Client, in_welsh: CrisisHelpTranslation
) -> None:
    client.force_login(someone("Administrator"))
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "The numbers of the help lines in Welsh are due to be rung" in home
    assert reverse("urgent-help-in-languages:edit", args=[in_welsh.pk]) in home


@pytest.mark.django_db
def test_a_site_of_one_language_is_not_asked_for_others(client: Client) -> None:
    client.force_login(someone("Administrator"))
    assert "in other languages" not in client.get(reverse("wagtailadmin_home")).content.decode().lower()
