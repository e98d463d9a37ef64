import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management import BaseCommand, CommandError
from wagtail.models import Page

from core.admin.content_checks import structural_failures
from core.claim_findings import ClaimFinding
from core.claims import claims_on
from core.models import BasePage
from core.visibility import public


class Command(BaseCommand):
    help = (
        "Check what every public page says, and what it lacks. Each finding names the page, the field and "
        "the very words. The exit status is 1 where something was found."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--format", choices=["text", "json"], default="text", help="One line for each finding, or JSON."
        )
        parser.add_argument("--drafts", action="store_true", help="Check drafts too, and the newest words.")

    def handle(self, *args: Any, format: str = "text", drafts: bool = False, **options: Any) -> None:
        found = [
            {
                "page": page.url_path,
                "rule": one.rule,
                "field": one.field,
                "words": one.words,
                "message": one.message,
            }
            for page in _pages(drafts=drafts)
            for one in [*_lacks(page), *claims_on(page)]
        ]
        if format == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        for one in found if format == "text" else ():
            self.stdout.write("{page}: {field}: {rule}: {message}".format(**one))
        if found:
            raise CommandError(f"{len(found)} found.", returncode=1)


def _pages(*, drafts: bool) -> Iterator[Page]:
    pages = Page.objects.filter(depth__gt=1).order_by("path")
    for page in pages if drafts else public(pages):
        specific = page.get_latest_revision_as_object() if drafts else page.specific
        if isinstance(specific, BasePage):
            yield specific


def _lacks(page: Page) -> Iterator[ClaimFinding]:
    for check in structural_failures(page):
        yield ClaimFinding(check.key, "page", "", f"{check.name}. {check.advice}")
