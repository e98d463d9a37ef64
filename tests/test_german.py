"""What a visitor meets in German is all in German: nothing is left that no catalogue has."""

import ast
import re
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real
from django.utils.translation.template import templatize
from wagtail.models import Site

from tests.browser.page_types import PUBLIC

TEMPLATES = settings.ROOT / "templates"
#: Templates of pages and letters for therapists and the practice, who are written to in the usual language.
NOT_FOR_VISITORS = re.compile(
    r"admin/|account/|mfa/|second_factor/|mailbox/|styleguide/|previews/|wagtail|webhooks/|api_docs|"
    r"offer|introduction|therapist_desk|profile_proposal|proposal_form|step_back|link_ended|link_sent|lapses|"
    r"enquiry_answers|findings|"
    r"emails/(address_changed|contact_changed|diary_reminder|fell_through|glass_broken|late|new_enquiry|proposal_\w+|"
    r"new_link|own_page|paused|question_answered|read_today|review_digest|running_late|second_factor|team_changed|"
    r"therapist_paused|trial|unanswered|webhook_paused|yes_confirmed)\."
)
#: As `templatize` writes what is to be translated, plurals by their singular.
MESSAGE = re.compile(r"""gettext\(u('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")


def visitors_templates() -> Iterator[Path]:
    for path in sorted(TEMPLATES.rglob("*")):
        name = path.relative_to(TEMPLATES).as_posix()
        if path.suffix in {".html", ".txt"} and not NOT_FOR_VISITORS.search(name):
            yield path


def test_each_word_of_a_visitors_template_is_in_the_catalogue() -> None:
    catalogue = trans_real.translation("de")._catalog
    templates = list(visitors_templates())
    assert len(templates) > 100
    said = {
        (path.name, ast.literal_eval(message[1]))
        for path in templates
        for message in MESSAGE.finditer(templatize(path.read_text()))
    }
    assert len(said) > 400
    assert {one for one in said if one[1] not in catalogue and (one[1], 0) not in catalogue} == set()


class Recorder(NullTranslations):
    """Notes what was asked for and is in no catalogue."""

    def __init__(self) -> None:
        super().__init__()
        self.missing: set[str] = set()

    def gettext(self, message: str) -> str:
        self.missing.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.missing.add(msgid1)
        return msgid1 if n == 1 else msgid2


def test_each_kind_of_page_is_in_german(db: None, demo_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of the demo, read as if the site's language were German: only its editors' words are English."""
    recorder = Recorder()
    monkeypatch.setattr(trans_real.translation("de"), "_fallback", recorder)
    client, left = Client(), {}
    with translation.override("de"):
        for name, address in {**PUBLIC, "feed": "/feed/", "panel": "/search/?query=suicide"}.items():
            recorder.missing.clear()
            assert client.get(address).status_code == (404 if name == "not-found" else 200), name
            if recorder.missing:
                left[name] = sorted(recorder.missing)
    assert left == {}
