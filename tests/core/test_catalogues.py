"""The words of other languages, as translators write them and as the site reads them."""

import shutil
import subprocess
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings

CATALOGUES = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-3])
@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
def test_what_is_read_is_what_was_translated(catalogue):
    """`make catalogues` compiles them. A placeholder that a translation lacks is an error."""
    command = ["msgfmt", "--check-format", "-o", "-", catalogue]
    made = BytesIO(subprocess.run(command, check=True, capture_output=True).stdout)
    with catalogue.with_suffix(".mo").open("rb") as kept:
        assert vars(GNUTranslations(made))["_catalog"] == vars(GNUTranslations(kept))["_catalog"]
