"""The code that ran before the newest migration gets by with the tables that it makes."""

import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests import databases
from tests.deploy.processes import ROOT

pytestmark = pytest.mark.deployment

#: Static files are served as they are: what they are called is not the point.
JOURNEY = f"""
import runpy, sys
sys.path[:0] = ["site", "."]
import django
from django.conf import settings
settings.STORAGES["staticfiles"] = {{"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
django.setup()
runpy.run_path("{Path(__file__).parent / "as_the_version_before.py"}", run_name="__main__")
"""


def git(*arguments: str) -> bytes:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"The history is not here: {done.stderr.decode().strip()}")
    return done.stdout


def version_before() -> str:
    """The commit before the one that brought the newest migration."""
    newest = git("log", "-1", "--diff-filter=A", "--format=%H", "--", ":(glob)**/migrations/0*.py")
    return f"{newest.decode().strip()}^"


def test_the_version_before_works_on_the_tables_of_this_one(
    demo_template: str, django_db_blocker, tmp_path: Path
) -> None:
    with tarfile.open(fileobj=io.BytesIO(git("archive", version_before()))) as archive:
        archive.extractall(tmp_path, filter="data")
    name = f"{demo_template}_before"
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "for-this-test-only-" + "x" * 50,
        "ALLOWED_HOSTS": "localhost",
        "BASE_URL": "https://localhost",
        "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl(),
        "ENCRYPTION_KEYS": settings.ENCRYPTION_KEYS[0],
        "DEFAULT_FROM_EMAIL": "hello@example.org",
        "EMAIL_HOST": "localhost",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "REQUIRE_SECOND_FACTOR": "nobody",
    }
    with django_db_blocker.unblock():
        databases.copy(demo_template, name)
        try:
            done = subprocess.run(
                [sys.executable, "-c", JOURNEY],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if "ModuleNotFoundError" in done.stderr:
                pytest.skip("That version needs packages that this one does not have.")
            assert done.returncode == 0, done.stderr
        finally:
            databases.drop(name)
