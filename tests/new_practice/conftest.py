"""A practice of one's own, as `make_practice` makes it on a database that holds nothing else."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command

#: What an owner says. The sign between the two names has a meaning in HTML.
OWNER = {
    "PRACTICE_NAME": "Harbour & Hill Therapy",
    "PRACTICE_EMAIL": "hello@harbourhill.example",
    "PRACTICE_POSTAL_ADDRESS": "1 Shore Street, Leith",
    "PRACTICE_NATION": "Scotland",
    "PRACTICE_WEB_ADDRESS": "http://localhost",
    "DJANGO_SUPERUSER_USERNAME": "olive",
    "DJANGO_SUPERUSER_EMAIL": "olive@harbourhill.example",
    "DJANGO_SUPERUSER_PASSWORD": "three-quiet-harbours",
}


def make_practice(*arguments: str, **changed: str | None) -> str:
    """Run the command with what the owner says, and return what it tells. None leaves a word out."""
    said = {name: word for name, word in (OWNER | changed).items() if word is not None}
    output = StringIO()
    with pytest.MonkeyPatch.context() as environment:
        for name in OWNER:
            environment.delenv(name, raising=False)
        for name, word in said.items():
            environment.setenv(name, word)
        call_command("make_practice", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture(scope="module")
def own_practice(module_database: None, django_db_blocker) -> Callable[[], None]:
    with django_db_blocker.unblock():
        make_practice()
