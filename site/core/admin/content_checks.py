"""Checks of pages about health in Wagtail's content checker, while a page is edited.

Each check is evaluated here, from the page as it is edited, and not in the browser: so it works in every
front end, and needs no script.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from core.admin.page_warnings import warnings_about
from core.blocks.conditional import conditional_texts_in
from core.models import ReviewedPage
from core.preview.front_ends import origins
from core.visibility import in_public_collections

PROMISE = re.compile(r"\b(cures?|cured|curing|guarantee[sd]?|guaranteeing|works for everyone)\b|100 ?%", re.I)
DENIAL = re.compile(r"\b(no|not|never|nobody|cannot|without)\b|n[’']t\b", re.I)
SENTENCE_END = re.compile(r"[.!?\n]+")


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


def _promises_too_much(page: Page) -> bool:
    return any(
        not DENIAL.search(sentence[: promise.start()])
        for text in _texts(page)
        for sentence in SENTENCE_END.split(text)
        for promise in PROMISE.finditer(sentence)
    )


def _texts(page: Page) -> list[str]:
    texts = [page.title, page.seo_title, page.search_description, getattr(page, "summary", "")]
    for field in page._meta.fields:
        if isinstance(field, (StreamField, RichTextField)):
            value = getattr(page, field.name)
            texts += field.get_searchable_content(value)
            if isinstance(field, StreamField):
                texts += [part.text for part in conditional_texts_in(field.stream_block, value)]
    return texts


def _is_at_odds(page: Page) -> bool:
    """Whether an app would warn of it as it is handed in. Promises have a check of their own."""
    return bool(set(warnings_about(page)) - set(promises_of(page)))


PROMISE_CHECK = Check(
    "promise",
    _("A word promises too much"),
    _("Look for “cure”, “guarantee” and “100%”, and say what people often find instead."),
    _promises_too_much,
)
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
    PROMISE_CHECK,
    Check(
        "at-odds",
        _("Something does not fit what is recorded"),
        _("Its words and a fact, or a profile and its registration: you read which as you hand it in."),
        _is_at_odds,
    ),
    Check(
        "private-files",
        _("A picture or document is private"),
        _("Its collection asks for a log-in, so visitors do not see it. Choose another, or move it."),
        _uses_private_files,
    ),
)


def promises_of(page: Page) -> list[str]:
    """Return what is said of a page that promises too much, as it is handed in or published."""
    return [f"{PROMISE_CHECK.name}. {PROMISE_CHECK.advice}"] if PROMISE_CHECK.fails(page) else []


def failed_checks(page: Page | None) -> list[str]:
    return [check.key for check in CHECKS if page is not None and check.fails(page)]


class PracticeContentChecker(ContentCheckerItem):
    """Wagtail's checker with our checks added.

    Axe runs its rules in the browser, so the results of ours are sent as rules that every `h1`
    passes, or none does.
    """

    def __init__(self, failed: list[str], *, in_editor: bool = False) -> None:
        super().__init__(in_editor=in_editor)
        self.failed = failed

    axe_run_only = [*ContentCheckerItem.axe_run_only, *(f"practice-{check.key}" for check in CHECKS)]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        *(
            {
                "id": f"practice-{check.key}",
                "impact": "serious",
                "selector": "h1",
                "tags": ["best-practice"],
                "any": [f"practice-{check.key}-check"],
                "enabled": True,
            }
            for check in CHECKS
        ),
    ]
    axe_messages = ContentCheckerItem.axe_messages | {
        f"practice-{check.key}": {"error_name": check.name, "help_text": check.advice} for check in CHECKS
    }

    def get_axe_custom_checks(self, request: HttpRequest) -> list[dict[str, Any]]:
        ours = [
            {
                "id": f"practice-{check.key}-check",
                "evaluate": "matches-definition-evaluate",
                "options": {"matcher": {"nodeName": "none" if check.key in self.failed else "h1"}},
            }
            for check in CHECKS
        ]
        return [*super().get_axe_custom_checks(request), *ours]

    def get_axe_spec(self, request: HttpRequest) -> dict[str, Any]:
        """Allow messages between the editor and a front end in its frame."""
        spec = super().get_axe_spec(request)
        if not origins():
            return spec
        own = f"{request.scheme}://{request.get_host()}"
        return spec | {"allowedOrigins": [own, *sorted(origins())]}
