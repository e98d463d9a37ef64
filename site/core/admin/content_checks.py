"""Checks of pages about health in Wagtail's content checker, while a page is edited.

Each check is evaluated here, from the page as it is edited, and not in the browser: so it works in every
front end, and needs no script.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from core.admin.page_warnings import warnings_about
from core.claim_findings import ClaimFinding, ClaimRule
from core.claims import claim_rules, claims_on, told_claims
from core.models import ReviewedPage
from core.preview.front_ends import origins
from core.preview.pointing import ATTRIBUTE
from core.visibility import in_public_collections


@dataclass(frozen=True, slots=True)
class Check:
    key: str
    name: str | Promise
    advice: str | Promise
    fails: Callable[[Page], bool]


def _is_article(page: Page) -> bool:
    return isinstance(page, ReviewedPage) and page.is_article


def _has_no_reviewer(page: Page) -> bool:
    return _is_article(page) and page.reviewer_id is None


def _is_overdue(page: Page) -> bool:
    return isinstance(page, ReviewedPage) and page.is_review_overdue


def _has_no_summary(page: Page) -> bool:
    return isinstance(page, ReviewedPage) and not page.summary.strip()


def _has_no_care_card(page: Page) -> bool:
    if not (_is_article(page) and page.needs_care_card):
        return False
    return not any(block.block_type == "care_card" for block in page.body)


def _has_no_verdict(page: Page) -> bool:
    return isinstance(page, ReviewedPage) and not page.has_verdict


def _uses_private_files(page: Page) -> bool:
    """Whether it shows a picture, or leads to a document, that is kept from visitors."""
    used = [(kind, str(key)) for kind, key, *_ in ReferenceIndex._extract_references_from_object(page)]
    for model in (get_image_model(), get_document_model()):
        model_kind = ContentType.objects.get_for_model(model).pk
        keys = {int(key) for kind, key in used if kind == model_kind and key.isdecimal()}
        files = model.objects.filter(pk__in=keys)
        if keys and files.exclude(pk__in=in_public_collections(files).values("pk")).exists():
            return True
    return False


def _is_at_odds(page: Page) -> bool:
    """Whether an app would warn of it as it is handed in. Claims have checks of their own."""
    return bool(set(warnings_about(page)) - set(told_claims(page)))


CHECKS = (
    Check(
        "no-reviewer",
        _("Nobody has reviewed this page"),
        _("Ask a clinician to read it, and name them under Review."),
        _has_no_reviewer,
    ),
    Check(
        "review-overdue",
        _("The review of this page is overdue"),
        _("Ask a clinician to read the whole page again."),
        _is_overdue,
    ),
    Check(
        "no-summary",
        _("There is no summary"),
        _("Say in one or two plain sentences what the page is about."),
        _has_no_summary,
    ),
    Check(
        "no-care-card",
        _("Nothing says when to get help at once"),
        _("Add a care card: someone may read this on a very bad day."),
        _has_no_care_card,
    ),
    Check(
        "no-verdict",
        _("Nothing says first whom it may suit"),
        _("Write two to four lines under “It may suit you if”: a reader looks for that before all else."),
        _has_no_verdict,
    ),
    Check(
        "at-odds",
        _("Something does not fit what is recorded"),
        _("A profile and its registration, for example: you read which as you hand it in."),
        _is_at_odds,
    ),
    Check(
        "private-files",
        _("A picture or document is private"),
        _("Its collection asks for a log-in, so visitors do not see it. Choose another, or move it."),
        _uses_private_files,
    ),
)


def structural_failures(page: Page) -> list[Check]:
    """Return what a page lacks, whatever its words say."""
    return [check for check in CHECKS if check.fails(page)]


def failed_checks(page: Page | None, claims: Iterable[ClaimFinding] | None = None) -> list[str]:
    """Return the keys of all that is told of a page: what it lacks, and what its words claim.

    `claims` are the findings on it, where they are known already.
    """
    if page is None:
        return []
    found = {claim.rule for claim in (claims_on(page) if claims is None else claims)}
    return [
        *(check.key for check in structural_failures(page)),
        *(rule.key for rule in claim_rules() if rule.key in found),
    ]


class PracticeContentChecker(ContentCheckerItem):
    """Wagtail's checker with our checks added.

    Axe runs its rules in the browser, so the results of ours are sent as rules that every `h1`
    passes, or none does; where the preview points to the words that were found, to their elements.
    """

    def __init__(
        self,
        failed: list[str],
        *,
        in_editor: bool = False,
        words: Mapping[str, list[str]] | None = None,
        points_to_words: bool = False,
    ) -> None:
        super().__init__(in_editor=in_editor)
        self.failed = failed
        self.points_to_words = points_to_words
        #: The very words that a rule found, by its key.
        self.words = words or {}

    @property
    def told(self) -> list[Check | ClaimRule]:
        return [*CHECKS, *claim_rules()]

    def get_axe_run_only(self, request: HttpRequest) -> list[str]:
        return [*super().get_axe_run_only(request), *(f"practice-{told.key}" for told in self.told)]

    def get_axe_custom_rules(self, request: HttpRequest) -> list[dict[str, Any]]:
        ours = [
            {
                "id": f"practice-{told.key}",
                "impact": "serious",
                "selector": self._selector(told.key),
                "tags": ["best-practice"],
                "any": [f"practice-{told.key}-check"],
                "enabled": True,
            }
            for told in self.told
        ]
        return [*super().get_axe_custom_rules(request), *ours]

    def _selector(self, key: str) -> str:
        return f'[{ATTRIBUTE}~="{key}"]' if self.points_to_words and key in self.words else "h1"

    def get_axe_messages(self, request: HttpRequest) -> dict[str, dict[str, Any]]:
        ours = {
            f"practice-{told.key}": {
                "error_name": told.name,
                "help_text": " ".join([*self.words.get(told.key, ()), str(told.advice)]),
            }
            for told in self.told
        }
        return super().get_axe_messages(request) | ours

    def get_axe_custom_checks(self, request: HttpRequest) -> list[dict[str, Any]]:
        ours = [
            {
                "id": f"practice-{told.key}-check",
                "evaluate": "matches-definition-evaluate",
                "options": {"matcher": {"nodeName": "none" if told.key in self.failed else "h1"}},
            }
            for told in self.told
        ]
        return [*super().get_axe_custom_checks(request), *ours]

    def get_axe_spec(self, request: HttpRequest) -> dict[str, Any]:
        """Allow messages between the editor and a front end in its frame."""
        spec = super().get_axe_spec(request)
        if not origins():
            return spec
        own = f"{request.scheme}://{request.get_host()}"
        return spec | {"allowedOrigins": [own, *sorted(origins())]}


def words_found(claims: Iterable[ClaimFinding]) -> dict[str, list[str]]:
    """Return the very words of each finding, with their field, by the key of the rule."""
    found: dict[str, list[str]] = {}
    for claim in claims:
        found.setdefault(claim.rule, []).append(f"“{claim.words}” ({claim.field.replace('_', ' ')}).")
    return found
