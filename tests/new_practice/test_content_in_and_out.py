"""Content leaves and enters as readable files: wholly or not at all, and as the same bytes."""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import PageViewRestriction, Revision

from core.reviews.words import words_digest
from new_practice.exporting.content_folder import export_folder
from new_practice.founding import front_page
from tests import databases
from tests.factories.home import InfoPageFactory
from tests.new_practice.conftest import make_practice
from therapies.models import ConcernPage, TherapyPage
from therapists.models import TherapistPage, TherapistPrivate

pytestmark = pytest.mark.django_db

THERAPY = "therapies/interpersonal-therapy.toml"
PROFILE = "therapists/abdi-warsame.toml"
CONCERN = "concerns/anger.toml"


@pytest.fixture(scope="module")
def exported_demo(
    demo_template: str, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "demo"
    with django_db_blocker.unblock(), databases.using(demo_template):
        home = front_page()
        assert home
        export_folder(home, folder)
    return folder


@pytest.fixture(scope="module")
def imported_demo(
    exported_demo: Path, module_database: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Path]:
    """The files, which have been brought into a new practice's own site."""
    with django_db_blocker.unblock():
        make_practice()
        InfoPageFactory(parent=front_page(), title="Of our own", slug="of-our-own")
        call_command("import_content", exported_demo, stdout=StringIO())
    yield exported_demo


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def imported(folder: Path, *options: str) -> list[str]:
    told = StringIO()
    call_command("import_content", folder, *options, stdout=told)
    return told.getvalue().splitlines()


def refused(folder: Path) -> list[str]:
    with pytest.raises(CommandError) as error:
        imported(folder)
    first, *problems = str(error.value).splitlines()
    assert first.startswith("Nothing was changed.")
    return problems


def changed(folder: Path, tmp_path: Path, name: str, old: str, new: str) -> Path:
    """Return a folder with a changed copy of one file."""
    copy = tmp_path / "changed"
    (copy / "concerns").mkdir(parents=True)
    (copy / name).parent.mkdir(exist_ok=True)
    text = (folder / name).read_text()
    assert old in text
    (copy / name).write_text(text.replace(old, new, 1))
    return copy


def test_the_demo_comes_out_of_another_site_as_the_same_bytes(imported_demo: Path, tmp_path: Path) -> None:
    call_command("export_content", tmp_path / "again", stdout=StringIO())
    again, before = files_of(tmp_path / "again"), files_of(imported_demo)
    assert len(before) > 90
    assert {name: again.get(name) for name in before} == before
    # What the new practice had of its own is left alone.
    assert set(again) - set(before) == {"info/of-our-own.toml"}
    assert imported(imported_demo, "--dry-run") == ["0 changes. Nothing was written."]
    with pytest.raises(CommandError, match="is not empty"):
        call_command("export_content", tmp_path / "again")


def test_no_export_holds_what_only_the_practice_may_know(imported_demo: Path) -> None:
    words = b"\n".join(content for name, content in files_of(imported_demo).items() if name.endswith(".toml"))
    for private in (b"offer_email", b"warsame@example.org", b"meet.example.org", b"windows"):
        assert private not in words
    assert not TherapistPrivate.objects.exists()


def test_a_dry_run_tells_each_change_with_its_line_and_writes_none(
    imported_demo: Path, tmp_path: Path
) -> None:
    copy = changed(imported_demo, tmp_path, THERAPY, "minimum = 8", "minimum = 10")
    line = next(
        number
        for number, words in enumerate((copy / THERAPY).read_text().splitlines(), 1)
        if words == "minimum = 10"
    )
    (copy / "concerns/waiting.toml").write_text('title = "Waiting"\nkind = "feeling"\n')
    told = [
        "concerns/waiting.toml:1: new",
        f"{THERAPY}:{line}: values[3].minimum: “8” → “10”",
    ]
    revisions = Revision.objects.count()
    *said, review, written = imported(copy, "--dry-run")
    assert (said, written) == (told, "3 changes. Nothing was written.")
    assert f"{THERAPY}:" in review  # it was of other words
    assert " review: " in review
    assert review.endswith("→ nothing")
    assert Revision.objects.count() == revisions
    assert imported(copy) == [*told, review, "3 changes are made."]
    assert (
        TherapyPage.objects.get(slug="interpersonal-therapy").values.get(dimension__key="duration").minimum
        == 10
    )
    assert ConcernPage.objects.get(slug="waiting").live
    assert imported(copy, "--dry-run") == ["0 changes. Nothing was written."]


def test_drafts_are_left_for_the_practices_own_clinician(imported_demo: Path, tmp_path: Path) -> None:
    copy = changed(imported_demo, tmp_path, CONCERN, 'title = "Anger"', 'title = "Rage"')
    assert imported(copy, "--as-drafts")[-1].endswith("changes are made.")
    page = ConcernPage.objects.get(slug="anger")
    draft = page.get_latest_revision_as_object()
    assert (page.title, draft.title) == ("Anger", "Rage")
    assert draft.sign_off_of(words_digest(draft)) is None


def test_a_page_behind_a_password_is_in_no_file(imported_demo: Path, tmp_path: Path) -> None:
    page = ConcernPage.objects.get(slug="anger")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="quiet")
    told = StringIO()
    call_command("export_content", tmp_path / "open", stdout=told)
    assert not (tmp_path / "open" / CONCERN).exists()
    assert "another has its name: Anger" in told.getvalue()


Change = Callable[[str], str]


def replaced(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new, 1)


BAD: list[tuple[str, Change, str, str]] = [
    (THERAPY, replaced('family = "', "family = "), "family = ", "This is no TOML"),
    (THERAPY, replaced("in_short", "in_shorts"), "in_shorts", "in_shorts: No such key is known here."),
    (
        THERAPY,
        replaced("minimum = 8", 'minimum = "8"'),
        "minimum",
        "values[3].minimum: Here stands a whole",
    ),
    (THERAPY, replaced("minimum = 8", "minimum = 99"), "maximum", "values[3].maximum: This is smaller"),
    (THERAPY, replaced('"interpersonal"', '"interpretal"'), "family", "family: Value 'interpretal' is not a"),
    (THERAPY, replaced('"awp-nhs-ipt"', '"awp-nhs"'), '"awp-nhs"', "No source is named “awp-nhs”."),
    (
        THERAPY,
        replaced('dimension = "techniques"', 'dimension = "focus"'),
        "[[values]]",
        "stands here twice",
    ),
    (CONCERN, lambda text: text.replace('kind = "feeling"\n', "", 1), "title", "kind: This key is missing."),
    (CONCERN, replaced("/get-help-now/", "/no-help/"), "/no-help/", "No page stands at /no-help/"),
    (CONCERN, replaced("<ul>", "<script>"), "<script>", "<script> may not stand in a text."),
    (
        CONCERN,
        replaced('type = "heading"', 'type = "title"'),
        'type = "title"',
        "“title” is none of: heading",
    ),
    (CONCERN, replaced('level = "emergency"', 'level = "soonish"'), "level", "body[3].value.level"),
    (
        PROFILE,
        replaced("https://www.psychotherapy.org.uk/", "psychotherapy"),
        "register_url",
        "Enter a valid URL",
    ),
    (
        PROFILE,
        replaced('about_me = "', f'about_me = "{"long " * 80}'),
        "about_me",
        "about_me: Ensure this value has at most 360",
    ),
    (PROFILE, replaced('"trauma"', '"traumas"'), '"traumas"', "No concern is named “traumas”."),
    (PROFILE, replaced("pictures/", "../pictures/"), "../pictures/", "There is no file ../pictures/"),
    ("therapist/someone.toml", lambda _text: "", "", "Nothing is kept under this name."),
]


def test_bad_files_are_all_named_with_their_lines_and_nothing_is_written(
    imported_demo: Path, tmp_path: Path
) -> None:
    uploads = set(default_storage.listdir("original_images")[1])
    revisions = Revision.objects.count()
    for number, (name, change, mark, words) in enumerate(BAD):
        copy = tmp_path / str(number)
        copytree(imported_demo / "pictures", copy / "pictures")
        path = copy / name
        path.parent.mkdir()
        source = imported_demo / name
        bad = change(source.read_text() if source.exists() else "")
        path.write_text(bad)
        line = next((place for place, text in enumerate(bad.splitlines(), 1) if mark in text), 1)
        [problem] = refused(copy)
        assert problem.startswith(f"{name}:"), problem
        assert words in problem
        if mark != "[[values]]":
            assert problem.startswith(f"{name}:{line}:"), (problem, line)
    assert Revision.objects.count() == revisions
    assert set(default_storage.listdir("original_images")[1]) == uploads


def test_all_problems_are_told_at_once_and_one_stops_everything(imported_demo: Path, tmp_path: Path) -> None:
    copy = changed(imported_demo, tmp_path, THERAPY, 'family = "interpersonal"', 'family = "none"')
    copytree(imported_demo / "therapists", copy / "therapists")
    (copy / "concerns/waiting.toml").write_bytes(b'kind = "feeling"\ntitle = "Ren\xe9"\n')
    assert refused(copy) == ["concerns/waiting.toml:2: This is not written in UTF-8."]
    (copy / "concerns/waiting.toml").write_text('title = "Waiting"\nkind = "feeling"\n')
    problems = refused(copy)
    assert len([one for one in problems if "There is no file pictures/" in one]) == len(
        TherapistPage.objects.all()
    )
    assert any(one.startswith(f"{THERAPY}:") for one in problems)
    assert not ConcernPage.objects.filter(slug="waiting").exists()
