"""What must hold for the whole code base, whatever changes."""

import ast
import subprocess
import sys
import tomllib
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import RequestFactory
from wagtail.blocks import Block, StaticBlock
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from core.models import BasePage
from tests.factories.home import PracticeImageFactory

ROOT = Path(__file__).resolve().parents[1]
OUR_APPS = {"core", "home", "webhooks", "therapies", "therapists", "enquiries", "matching", "search"}


def our_blocks() -> dict[str, Block]:
    """Every block that an editor can pick in one of our stream fields, by model, field and name."""
    found: dict[str, Block] = {}
    for model in apps.get_models():
        if model._meta.app_label in OUR_APPS:
            for field in model._meta.get_fields():
                if isinstance(field, StreamField):
                    for name, child in field.stream_block.child_blocks.items():
                        found[f"{model.__name__}.{field.name}.{name}"] = child
    return found


def our_sources() -> list[Path]:
    folders = [ROOT / name for name in ("home", "search", "site", "therapies", "therapists")]
    paths = [path for folder in folders for path in folder.rglob("*.py")]
    return [path for path in paths if "migrations" not in path.parts]


def our_page_types() -> list[type[Page]]:
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def test_imports_run_one_way_only() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run(
        [lint_imports, "--no-cache"],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_no_imports_go_in_a_circle() -> None:
    """Imports for type checking count too."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    graph = grimp.build_graph(*settings["root_packages"], cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(imports).prepare()


def test_the_layers_name_every_module_of_therapists() -> None:
    """A module that the contract does not name could import from any layer."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = [layer for contract in settings["contracts"] for layer in contract.get("layers", [])]
    named = {name.strip() for layer in layers for name in layer.replace("|", ":").split(":")}
    modules = [path for path in (ROOT / "therapists").iterdir() if path.suffix == ".py" or path.is_dir()]
    ours = {path.stem for path in modules} - {"__init__", "__pycache__", "migrations"}
    assert {name for name in named if name.startswith("therapists.")} == {
        f"therapists.{name}" for name in ours
    }


def test_each_class_has_a_name_of_its_own() -> None:
    """Django finds management commands by the name `Command`."""
    places = defaultdict(list)
    for path in our_sources():
        for statement in ast.parse(path.read_text()).body:
            if isinstance(statement, ast.ClassDef) and statement.name != "Command":
                places[statement.name].append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = {"common", "helper", "helpers", "misc", "util", "utils"}
    assert [path for path in our_sources() if vague & {path.stem, path.parent.name}] == []


def test_system_checks_find_nothing() -> None:
    call_command("check", fail_level="WARNING")


@pytest.mark.parametrize("path", sorted(our_blocks()))
def test_each_block_tells_editors_what_it_is(path: str) -> None:
    block = our_blocks()[path]
    assert block.get_description(), f"{path} has no description"
    assert block.is_previewable, f"{path} has no preview"


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(our_blocks()))
def test_each_block_renders_its_preview(path: str) -> None:
    PracticeImageFactory()
    block = our_blocks()[path]
    context = block.get_preview_context(block.get_preview_value())
    html = block.render(block.get_preview_value(), context | {"request": RequestFactory().get("/")})
    assert html.strip() or isinstance(block, StaticBlock), f"{path} renders nothing"


@pytest.mark.guide("Where a field wants something particular, it says so beside it.")
def test_each_page_type_setting_and_key_is_described_where_editors_meet_it() -> None:
    silent = [model.__name__ for model in our_page_types() if not model.get_page_description()]
    kept_by_wagtail = {"first_published_at", "go_live_at", "expire_at"}
    for model in [*settings_registry, *get_snippet_models()]:
        for field in model._meta.local_fields:
            is_asked = field.editable and not field.auto_created and field.name not in kept_by_wagtail
            if is_asked and model._meta.app_label in OUR_APPS and not field.help_text:
                silent.append(f"{model.__name__}.{field.name}")
    assert silent == []


@pytest.mark.parametrize("page_type", our_page_types(), ids=lambda model: model.__name__)
def test_each_page_type_says_where_it_may_stand_and_how_it_is_found(page_type: type[Page]) -> None:
    assert "parent_page_types" in vars(page_type)
    assert page_type.template.startswith("pages/")
    assert "search_fields" in {name for model in page_type.__mro__ for name in vars(model)}
    assert page_type.kind_label
    closed = [
        parent
        for parent in page_type.clean_parent_page_models()
        if page_type not in parent.clean_subpage_models()
    ]
    assert not closed, "Name it in `subpage_types` of these, too"
