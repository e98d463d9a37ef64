"""What a visitor meets in German is all in German, and each letter to a therapist: no catalogue lacks it."""

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
from therapists.enquiries.lapses import Lapse

TEMPLATES = settings.ROOT / "templates"
#: Templates for the practice, and of the pages of therapists, who have these in English.
NOT_FOR_VISITORS = re.compile(
    r"admin/|account/|mfa/|second_factor/|mailbox/|styleguide/|previews/|wagtail|webhooks/|api_docs|"
    r"(?<!emails/)offer|(?<!emails/)introduction|therapist_desk|profile_proposal|proposal_form|step_back|link_ended|link_sent|lapses|"
    r"enquiry_answers|findings|"
    r"emails/(address_changed|glass_broken|late|new_enquiry|read_today|review_digest|second_factor|team_changed|"
    r"therapist_paused|trial|webhook_paused)\."
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
    assert len(said) > 300
    assert {one for one in said if one[1] not in catalogue and (one[1], 0) not in catalogue} == set()


def test_each_word_that_letters_are_made_of_is_in_the_catalogue() -> None:
    """Subjects, how two people talk, and what keeps a therapist from an introduction."""
    folder, catalogue = settings.ROOT / "therapists/enquiries", trans_real.translation("de")._catalog
    written = [folder / "mail/to_therapists.py", folder / "mail/to_visitors.py", folder / "ways_to_talk.py"]
    calls = [
        node
        for path in written
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
    ]
    said = {ast.literal_eval(call.args[0]) for call in calls}
    assert len(said) > 30
    with translation.override("en-gb"):
        said |= {str(lapse.to_therapist) for lapse in Lapse}
    assert {one for one in said if one not in catalogue} == set()


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
