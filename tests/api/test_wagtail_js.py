"""A client that was made for Wagtail's own API reads ours. `make stock-client` fetches it."""

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from demo.builder import set_site_address
from tests.factories.secrets import DocumentFactory

PACKAGES = settings.ROOT / ".local" / "node" / "node_modules"

pytestmark = pytest.mark.skipif(
    not (PACKAGES / "wagtail-js").exists(), reason="wagtail-js is fetched by `make stock-client`."
)


@pytest.fixture(scope="module")
def practice_url(site_url, django_db_blocker):
    """The demo has no document of its own."""
    with django_db_blocker.unblock():
        set_site_address(site_url)
        DocumentFactory(file__filename="fees.pdf")
    return site_url


def test_wagtail_js_lists_filters_searches_and_shows_pictures(practice_url):
    with override_settings(WAGTAILAPI_BASE_URL=practice_url):
        done = subprocess.run(
            ["node", Path(__file__).with_name("wagtail_js.cjs")],
            env=os.environ | {"PRACTICE_URL": practice_url, "NODE_PATH": str(PACKAGES)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 0, done.stdout + done.stderr
