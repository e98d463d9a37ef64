"""A client that was made for Wagtail's own API reads ours. `make types` fetches it."""

import os
import subprocess
from pathlib import Path

import pytest
from django.test import override_settings

from new_practice.loading.fixed_pages import set_site_address
from tests.factories.secrets import DocumentFactory
from tests.node_tools import NODE_MODULES, needs

pytestmark = needs(NODE_MODULES / "wagtail-js", command="make types")


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
            env=os.environ | {"PRACTICE_URL": practice_url, "NODE_PATH": str(NODE_MODULES)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 0, done.stdout + done.stderr
