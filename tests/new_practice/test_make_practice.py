"""What `make practice` runs, as a process: it makes the site, serves it under its name, and stops."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.demo.test_make_demo import free_port
from tests.new_practice.conftest import OWNER

pytestmark = pytest.mark.deployment


@pytest.fixture
def fresh_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a database after all migrations."""
    name = f"{connection.settings_dict['NAME']}_process"
    with django_db_blocker.unblock():
        databases.copy(databases.migrated(), name)
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        databases.drop(name)


def start(port: int, folder: Path, url: str, **said: str) -> subprocess.Popen[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(settings.ROOT / "site"),
        "PORT": str(port),
        # Kept, so that the static files are gathered once.
        "LOCAL_DATA": str(settings.ROOT / ".local" / "test-practice"),
        "DATABASE_URL": url,
        **said,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "new_practice"],
        cwd=settings.ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def read(address: str, data: bytes | None = None) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, data, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def wait_until_it_answers(process: subprocess.Popen[str], address: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stdout and process.stdout.read()
        try:
            if read(address)[0] == HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("The practice did not answer.")


def test_it_makes_the_site_and_serves_it_under_its_name(tmp_path: Path, fresh_database: str) -> None:
    port = free_port()
    site = f"http://localhost:{port}"
    process = start(port, tmp_path, fresh_database, **(OWNER | {"PRACTICE_WEB_ADDRESS": site}))
    try:
        wait_until_it_answers(process, f"{site}/healthz")
        front = read(site)[1]
        assert "Harbour &amp; Hill Therapy" in front
        assert f'<link rel="canonical" href="{site}/">' in front
        without_token = read(f"{site}/admin/login/", data=b"username=olive")
        assert without_token[0] == HTTPStatus.FORBIDDEN
        assert "Harbour &amp; Hill Therapy" in without_token[1]
        children = psutil.Process(process.pid).children(recursive=True)
    finally:
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert psutil.wait_procs(children, timeout=5)[1] == []
    assert "Traceback" not in output
    assert OWNER["DJANGO_SUPERUSER_PASSWORD"] not in output
