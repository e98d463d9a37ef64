"""What the practice does not treat is said first, with who does; and nothing merely looks like a match."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from core.admin.waiting_panel import waiting_for
from home.models import HomePage
from search.models import OtherHelp, OtherHelpPlace
from search.other_help import names_any
from search.query import find, suggest
from search.waiting import help_elsewhere
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.therapies import ConcernPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    home = make_site()
    for title in ("Privacy", "Gareth Llewellyn", "Attachment", "Person-centred therapy", "Lost and alone"):
        ConcernPageFactory(parent=home, title=title)
    InfoPageFactory(parent=home, title="Fees", other_words=["price", "cost", "insurance"])
    return home


@pytest.fixture
def addiction(db: None) -> OtherHelp:
    addiction = OtherHelp.objects.create(
        subject="Addiction",
        other_words=["alcohol", "drug"],
        explanation="We do not treat addiction. Local services are free.",
    )
    OtherHelpPlace.objects.create(help=addiction, name="FRANK", url="https://example.org/frank")
    return addiction


@pytest.mark.parametrize("words", ["gay", "addiction", "xylophone", "gamble"])
def test_what_only_looks_alike_is_no_match(home: HomePage, words: str) -> None:
    assert find(words).count == 0
    assert suggest(words) == []


@pytest.mark.guide("Information pages and concerns have “other words for it”, by which a search finds them.")
@pytest.mark.parametrize("words", ["price", "cost", "insurance", "insurence", "costs"])
def test_pages_are_found_by_the_words_that_editors_gave_them(home: HomePage, words: str) -> None:
    assert [page.title for page in find(words).pages(0, 9)] == ["Fees"]


@pytest.mark.guide(
    "What the practice does not treat, and who does, is under Settings → Help elsewhere: a search with its "
    "words says it before any page, and its words lead there while they are typed.",
)
@pytest.mark.parametrize("words", ["addiction", "help with Drugs", "ALCOHOL", "àddiction"])
def test_who_treats_it_is_said_first(
    client: Client, home: HomePage, addiction: OtherHelp, words: str
) -> None:
    soup = BeautifulSoup(client.get("/search/", {"query": words}).content, "html.parser")
    told = soup.select_one("[aria-labelledby^=elsewhere]")
    assert "We do not treat addiction." in told.text
    assert told.a["href"] == "https://example.org/frank"
    [one] = client.get("/api/v2/search/", {"query": words}).json()["elsewhere"]
    assert (one["subject"], one["places"][0]["name"]) == ("Addiction", "FRANK")


def test_other_searches_say_nothing_of_it(client: Client, home: HomePage, addiction: OtherHelp) -> None:
    assert client.get("/api/v2/search/", {"query": "fees"}).json()["elsewhere"] == []
    assert "We do not treat" not in client.get("/search/", {"query": "fees"}).content.decode()


@pytest.mark.parametrize(
    ("words", "is_named"),
    [("an eating disorder", True), ("Eating-disorders", True), ("eating", False), ("disorder eating", False)],
)
def test_a_subject_is_named_as_a_whole(words: str, is_named: bool) -> None:
    assert names_any(words, ["eating disorder"]) == is_named


@pytest.mark.guide(
    "What the practice does not treat, and who does, is under Settings → Help elsewhere: a search with its "
    "words says it before any page, and its words lead there while they are typed.",
)
@pytest.mark.parametrize(
    ("words", "kinds"), [("alco", ["Addiction"]), ("drugs", ["Addiction"]), ("al", []), ("fees", [])]
)
def test_who_helps_elsewhere_is_suggested_while_someone_types(
    client: Client, home: HomePage, addiction: OtherHelp, words: str, kinds: list[str]
) -> None:
    answer = client.get("/search/suggestions/", {"query": words}).json()
    elsewhere = [group for group in answer["groups"] if group["kind"] == "Who helps elsewhere"]
    assert [page["title"] for group in elsewhere for page in group["pages"]] == kinds
    for group in elsewhere:
        assert answer["status"].startswith("1 suggestion.")
        assert "FRANK" in client.get(group["pages"][0]["url"]).content.decode()


def test_who_looked_at_its_addresses_is_stored_and_visitors_read_when(
    client: Client, home: HomePage, addiction: OtherHelp, admin_user: User
) -> None:
    User.objects.filter(pk=admin_user.pk).update(first_name="Rosa", last_name="Example")
    client.force_login(admin_user)
    address = reverse(OtherHelp.snippet_viewset.get_url_name("edit"), args=[addiction.pk])
    place = {"name": "FRANK", "url": "https://example.org/frank", "id": addiction.places.get().pk}
    form = {"subject": "Addiction", "other_words": "alcohol", "explanation": "We do not treat it."}
    today = timezone.localdate()
    for day, stored in (
        (today + timedelta(days=1), (None, "")),
        (today, (today, "Rosa Example")),
        (None, (None, "")),
        (today, (today, "Rosa Example")),
    ):
        posted = form | {"checked_on": day or "", "places": inline_formset([place], initial=1)}
        client.post(address, nested_form_data(posted))
        addiction.refresh_from_db()
        assert (addiction.checked_on, addiction.checked_by) == stored
    client.logout()
    told = client.get("/search/", {"query": "addiction"}).content.decode()
    assert f"We looked at these addresses on {date_format(today, 'j F Y')}." in told
    assert "Rosa" not in told


@pytest.mark.guide("Its addresses are looked at once a quarter: what is due stands on the home of the admin.")
def test_its_addresses_are_looked_at_once_a_quarter(addiction: OtherHelp, admin_user: User) -> None:
    def due() -> list[tuple[str, str]]:
        waiting = [line for line in waiting_for(admin_user) if "help elsewhere" in line.words]
        return [first for line in waiting for first in line.first]

    today = timezone.localdate()
    [(subject, address)] = due()
    assert subject == "Addiction"
    assert str(addiction.pk) in address
    for days, is_due in ((0, False), (91, False), (92, True)):
        OtherHelp.objects.update(checked_on=today - timedelta(days=days))
        assert bool(due()) == is_due
    assert help_elsewhere(User.objects.create_user("somebody")) is None
