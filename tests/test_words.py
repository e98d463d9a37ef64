"""What templates and code say to people is said as the content says it: kindly, plainly and in UK English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

from tests.demo.content import FORBIDDEN

TEMPLATES = settings.ROOT / "templates"
APPS = [settings.ROOT / name for name in ("home", "therapies", "therapists", "search")]
IN_A_TEMPLATE = re.compile(r"""u(['"])(.*?)\1(?=[,)])""", re.DOTALL)
#: A word in quotation marks is spoken of, and “just now” is a time.
LEFT_OUT = re.compile(r"“[^”]*”|just now")
TRANSLATES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}


def said_by_templates() -> Iterator[tuple[Path, str]]:
    for path in TEMPLATES.rglob("*.html"):
        for match in IN_A_TEMPLATE.finditer(templatize(path.read_text())):
            yield path, match[2]


def said_by_code() -> Iterator[tuple[Path, str]]:
    for path in (path for app in APPS for path in app.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATES:
                for words_of_it in node.args:
                    if isinstance(words_of_it, ast.Constant):
                        yield path, str(words_of_it.value)


def test_no_word_is_out_of_place() -> None:
    said = [*said_by_templates(), *said_by_code()]
    assert len(said) > 1000
    wrong = [(path.name, words) for path, words in said if FORBIDDEN.search(LEFT_OUT.sub("", words))]
    assert wrong == []
