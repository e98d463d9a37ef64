"""Which public pages a clinician should read again: past their day, or changed since they were reviewed."""

from datetime import date

from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from core.models import ReviewedPage

#: What is annotated of each page, whatever its type.
ANNOTATED = {
    "due_on": "next_review_due",
    "reviewed_on": "last_reviewed",
    "awaits_since": "awaits_review_since",
    "reviewed_by": "reviewer__name",
}


def reviewed_pages() -> PageQuerySet:
    """Return the live pages that somebody has reviewed, with what is said of it, each once."""
    kinds = [model._meta.model_name for model in apps.get_models() if issubclass(model, ReviewedPage)]
    said = {
        name: Coalesce(*(F(f"{kind}__{field}") for kind in kinds), None) for name, field in ANNOTATED.items()
    }
    return Page.objects.live().filter(alias_of=None).annotate(**said).filter(reviewed_on__isnull=False)


def review_debt(today: date) -> PageQuerySet:
    """Return those that are due, the longest due first."""
    due = Q(due_on__lt=today) | Q(awaits_since__isnull=False)
    return reviewed_pages().filter(due).order_by("due_on", "title")


def debt_of(user: User | AnonymousUser, today: date) -> PageQuerySet:
    """Return the debt among the pages that an account may change."""
    policy = PagePermissionPolicy()
    theirs = policy.instances_user_has_any_permission_for(user, ["change", "publish"])
    return review_debt(today).filter(pk__in=theirs.values("pk"))
