"""Production refuses to start half set up, and passes Django's own deployment checks when it is not."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "Xf7-long-enough-and-of-many-different-letters-0123456789-qwertzuiop",
    "ALLOWED_HOSTS": "www.example.org",
    "BASE_URL": "https://www.example.org",
    "DATABASE_URL": "postgresql://name@localhost/practice",
    "ENCRYPTION_KEYS": "first:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "DEFAULT_FROM_EMAIL": "hello@example.org",
    "EMAIL_HOST": "smtp.example.org",
}


def manage(settings, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.production", **settings},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def working() -> Iterator[dict[str, str]]:
    """Settings whose services answer."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(Sink(), hostname="127.0.0.1", port=port)
    server.start()
    database = os.environ["DATABASE_URL"]
    yield COMPLETE | {"DATABASE_URL": database, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port)}
    server.stop()


def test_deployment_checks_find_nothing(working):
    checked = manage(working, "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr


def test_deployment_checks_name_each_service_that_does_not_answer():
    away = {
        "DATABASE_URL": "postgresql://name@127.0.0.1:9/practice",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": "9",
        "CACHE_URL": "rediscache://127.0.0.1:9/0",
        "BACKUP_RECIPIENTS": "age1",
    }
    checked = manage(COMPLETE | away, "check", "--deploy")
    assert checked.returncode != 0
    for code in ("core.E001", "core.E003", "core.E004", "core.W002"):
        assert f"({code})" in checked.stderr, code


@pytest.mark.parametrize("name", COMPLETE)
def test_a_missing_setting_is_named(name):
    checked = manage({key: value for key, value in COMPLETE.items() if key != name}, "check")
    assert checked.returncode != 0
    assert re.search(rf"Set these in the environment first: {name}$", checked.stderr, re.MULTILINE)


def test_the_old_name_of_the_keys_is_read_and_a_warning_asks_for_the_new_one():
    old = {key: value for key, value in COMPLETE.items() if key != "ENCRYPTION_KEYS"}
    old["ENQUIRY_ENCRYPTION_KEYS"] = COMPLETE["ENCRYPTION_KEYS"]
    checked = manage(old, "check")
    assert checked.returncode == 0, checked.stderr
    assert "The setting ENQUIRY_ENCRYPTION_KEYS is now called ENCRYPTION_KEYS." in checked.stderr
    asked = "from core.encryption.keyring import keyring; print(keyring().current_id)"
    assert manage(old, "shell", "--no-imports", "-c", asked).stdout.strip().endswith("first")


def test_the_example_lists_every_setting_that_the_code_reads():
    read = set()
    for path in (ROOT / "site" / "config").rglob("*.py"):
        read |= set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', path.read_text()))
    example = (ROOT / ".env.example").read_text()
    listed = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert read <= listed, f"Not in .env.example: {read - listed}"


@pytest.mark.guide("If the site speaks several languages, choose Translate in the menu of a page.")
def test_several_languages_bring_what_editors_need_for_them(working):
    checked = manage(working | {"LANGUAGES": "en-gb,cy"}, "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    asked = (
        "from django.conf import settings as s; print(s.LANGUAGE_CODE, dict(s.LANGUAGES), s.INSTALLED_APPS);"
        "from django.urls import reverse;"
        "print(reverse('simple_translation:submit_page_translation', args=[7]))"
    )
    told = manage(COMPLETE | {"LANGUAGES": "en-gb,cy"}, "shell", "--no-imports", "-c", asked).stdout
    assert "{'en-gb': 'British English', 'cy': 'Welsh'}" in told
    assert "'wagtail.locales', 'wagtail.contrib.simple_translation'" in told
    assert "/admin/translation/submit/page/7/" in told


def test_a_language_that_nobody_knows_is_named():
    checked = manage(COMPLETE | {"LANGUAGES": "en-gb,xx"}, "check")
    assert checked.returncode != 0
    assert "Unknown language code xx" in checked.stderr


def test_a_front_end_without_a_whole_address_is_named():
    checked = manage(COMPLETE | {"HEADLESS_PREVIEW_URLS": "app.example.org"}, "check")
    assert checked.returncode != 0
    assert "“app.example.org” is not a whole address" in checked.stderr
