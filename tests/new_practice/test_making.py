"""How `make_practice` is answered, what it refuses, and that it leaves nothing half-made."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError
from django.utils.html import escape
from wagtail.models import GroupPagePermission, Page, Site, Workflow

from core.models import Reviewer
from home.models import GlossaryTerm
from new_practice import asking, founding
from new_practice.loading import whole_site
from tests.new_practice.conftest import OWNER, make_practice
from therapies.models import ComparisonPage, ConcernPage, Reference, TherapyPage

pytestmark = pytest.mark.django_db


def assert_nothing_was_made() -> None:
    assert not founding.has_content()
    assert Page.objects.filter(depth=2, slug="home").exists()
    assert Site.objects.get().hostname == "localhost"
    assert not get_user_model().objects.exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (dict.fromkeys(OWNER), "PRACTICE_NAME is not set"),
        ({"PRACTICE_NAME": ""}, "PRACTICE_NAME is not set"),
        ({"PRACTICE_NAME": "x" * 81}, "1 to 80 letters"),
        ({"PRACTICE_NAME": "Two\nlines"}, "in one line"),
        ({"PRACTICE_EMAIL": "nobody"}, "“nobody” is no e-mail address"),
        (
            {"PRACTICE_NATION": "France"},
            "none of these: england, scotland, wales, northern-ireland, uk",
        ),
        ({"PRACTICE_WEB_ADDRESS": "www.example.org"}, "is no address of a site"),
        ({"PRACTICE_WEB_ADDRESS": "https://under_score/"}, "is no address of a site"),
        ({"PRACTICE_WEB_ADDRESS": "http://[::1"}, "is no address of a site"),
        ({"DJANGO_SUPERUSER_USERNAME": "a b"}, "DJANGO_SUPERUSER_USERNAME: Enter a valid username"),
        ({"DJANGO_SUPERUSER_PASSWORD": "password12"}, "too common"),
        ({"DJANGO_SUPERUSER_PASSWORD": "olive-harbourhill"}, "too similar"),
        ({"DJANGO_SUPERUSER_PASSWORD": "tiny"}, "too short"),
        ({"DJANGO_SUPERUSER_PASSWORD": None}, "DJANGO_SUPERUSER_PASSWORD is not set"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(changed: dict[str, str | None], told: str) -> None:
    with pytest.raises(CommandError) as refused:
        make_practice(**changed)
    assert told in str(refused.value)
    assert OWNER["DJANGO_SUPERUSER_PASSWORD"] not in str(refused.value)
    assert_nothing_was_made()


def test_all_that_is_wrong_is_said_at_once(settings) -> None:
    settings.ALLOWED_HOSTS = ["www.harbourhill.example"]
    with pytest.raises(CommandError) as refused:
        make_practice(PRACTICE_NATION="Mars", PRACTICE_EMAIL=None)
    assert len(str(refused.value).splitlines()) == 4
    assert "The site does not answer to localhost: name it in ALLOWED_HOSTS first." in str(refused.value)


def test_a_fault_on_the_way_leaves_nothing_half_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(whole_site, "build_settings", fails)
    with pytest.raises(RuntimeError):
        make_practice()
    assert_nothing_was_made()


def test_on_a_terminal_it_asks_until_the_answer_is_one(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    typed = iter(
        ["", "Kind Words", "kind@words.example", "", "Atlantis", "Wales", "olive", "olive@words.example"]
    )
    phrase = "one-long-quiet-phrase"
    secret = iter([phrase, "another", "12345", "12345", phrase, phrase])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _words: next(typed))
    monkeypatch.setattr(asking, "getpass", lambda _words: next(secret))
    told = make_practice(**dict.fromkeys(OWNER))
    assert "Kind Words is made, at http://testserver/" in told
    complaints = capsys.readouterr().err
    for complaint in ("1 to 80 letters", "“Atlantis”", "not the same", "too short"):
        assert complaint in complaints
    assert get_user_model().objects.get().check_password(phrase)


def test_an_administrator_who_is_there_is_not_asked_for() -> None:
    get_user_model().objects.create_superuser("first", "first@harbourhill.example", "three-quiet-harbours")
    changed = dict.fromkeys(name for name in OWNER if name.startswith("DJANGO_"))
    make_practice("--name", "Given Here", **changed, PRACTICE_WEB_ADDRESS="https://www.harbourhill.example")
    site = Site.objects.get()
    assert (site.site_name, site.root_url) == ("Given Here", "https://www.harbourhill.example")
    assert get_user_model().objects.count() == 1


def test_the_library_comes_as_drafts_that_nobody_has_signed(client, search_index: None) -> None:
    make_practice("--with", "therapies")
    for kind in (TherapyPage, ConcernPage, ComparisonPage):
        drafts = kind.objects.all()
        assert drafts
        assert not drafts.filter(live=True).exists()
        for draft in drafts:
            latest = draft.get_latest_revision_as_object()
            assert latest.body or kind is ComparisonPage
            assert (latest.reviewer, latest.last_reviewed) == (None, None)
    therapy = TherapyPage.objects.get(slug="interpersonal-therapy").get_latest_revision_as_object()
    assert therapy.values.count() >= 5
    assert {value.checked_by for value in therapy.values.all()} == {None}
    for kind in (Reference, GlossaryTerm):
        assert kind.objects.exists()
        assert not kind.objects.filter(live=True).exists()
    assert not Reviewer.objects.exists()
    assert client.get("/therapies/interpersonal-therapy/", headers={"host": "localhost"}).status_code == 404
    assert client.get("/api/v2/references/").json()["meta"]["total_count"] == 0
    therapy.save_revision().publish()
    page = client.get("/therapies/interpersonal-therapy/", headers={"host": "localhost"}).content.decode()
    of_facts = {source for value in therapy.values.all() for source in value.references.all()}
    of_evidence = {row.reference for row in therapy.evidence.all() if row.reference}
    assert of_facts | of_evidence == set(Reference.objects.filter(live=True))
    # What helps with a concern is shown once the page of that is public too; other facts in comparisons.
    told = [value for value in therapy.values.all() if not value.dimension.only_compared]
    of_told = {source for value in told for source in value.references.all()}
    assert of_told
    assert [source.key for source in of_told if escape(source.citation) not in page] == []


def test_roles_and_their_workflow_are_there_before_anything_is_made() -> None:
    assert {group.name for group in Group.objects.all()} >= {"Content editor", "Moderators", "Matching team"}
    root = Page.objects.get(depth=1)
    for role in ("Content editor", "Moderators"):
        assert GroupPagePermission.objects.filter(group__name=role, page=root).exists()
    assert [
        workflow.name for workflow in Workflow.objects.filter(active=True, workflow_pages__page=root)
    ] == ["Moderators approval"]
