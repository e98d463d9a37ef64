"""Three generators' clients, against a running site. `make types` makes them."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.factories.home import make_site
from tests.factories.therapies import TherapyIndexPageFactory, TherapyPageFactory
from tests.factories.therapists import TherapistIndexPageFactory, TherapistPageFactory
from tests.node_tools import needs
from therapies.enums import TherapyFamily
from therapists.enums import SessionFormat

GENERATED = settings.ROOT / ".local" / "node" / "generated"
COMPILED = GENERATED / "compiled" / "tests" / "api" / "generators" / "list_queries.js"
PYTHON = settings.ROOT / ".local" / "uv-tools" / "openapi-python-client" / "bin" / "python"
PYTHON_CLIENT = Path(__file__).parent / "generators" / "python_client.py"
#: Who meets by video or by phone, and the therapies of two families.
FITTING = {"Video", "Phone", "Psychodynamic", "Interpersonal"}

pytestmark = [
    pytest.mark.django_db,
    needs(COMPILED, PYTHON, command="make types"),
]


@pytest.fixture(scope="module")
def api(module_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock():
        home = make_site()
        directory, therapies = TherapistIndexPageFactory(parent=home), TherapyIndexPageFactory(parent=home)
        for title, way in [
            ("Video", SessionFormat.VIDEO),
            ("Phone", SessionFormat.PHONE),
            ("Text", SessionFormat.TEXT),
        ]:
            TherapistPageFactory(parent=directory, title=title, formats=[way])
        for family in (TherapyFamily.PSYCHODYNAMIC, TherapyFamily.INTERPERSONAL, TherapyFamily.BEHAVIOURAL):
            TherapyPageFactory(parent=therapies, title=family.name.capitalize(), family=family)
        server = LiveServer("127.0.0.1")
        yield f"{server.url}/api/v2"
        server.stop()


def test_models_read_each_recorded_answer_and_lose_nothing() -> None:
    run(PYTHON, PYTHON_CLIENT)


def test_two_values_of_a_parameter_both_arrive(api: str) -> None:
    openapi_fetch, hey_api = json.loads(run("node", COMPILED, api))
    openapi_python_client = json.loads(run(PYTHON, PYTHON_CLIENT, api))

    assert sorted(openapi_fetch) == sorted(FITTING)
    assert sorted(hey_api) == sorted(FITTING)
    assert sorted(openapi_python_client) == sorted(FITTING)


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
