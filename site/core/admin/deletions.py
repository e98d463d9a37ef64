"""Deleting in the admin: what other records need is refused in words, before anyone is asked to confirm.

`core.middleware.refused_deletions` answers for whatever comes another way.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction as PageBulkDeletion
from wagtail.models import Page
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction as SnippetBulkDeletion
from wagtail.users.views.bulk_actions.delete import DeleteBulkAction as UserBulkDeletion

from core.deletion import instead_of, is_needed_elsewhere, why_not_deleted


def _refused(
    request: HttpRequest, records: Sequence[Model], back: str, *where: object
) -> HttpResponse | None:
    """Return to where one came from, saying why, where one of the records cannot be deleted."""
    needed = [record for record in records if is_needed_elsewhere(record)]
    if not needed:
        return None
    advice = dict.fromkeys(filter(None, map(instead_of, needed)))
    buttons = [messages.button(one.address, one.link) for one in advice if one.address]
    messages.error(request, why_not_deleted(needed), buttons=buttons)
    return redirect(back, *where)


def refuse_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refused(request, [page], "wagtailadmin_explore", page.get_parent().pk)


def refuse_snippets(request: HttpRequest, snippets: Sequence[Any]) -> HttpResponse | None:
    return _refused(request, snippets, snippets[0].snippet_viewset.get_url_name("list")) if snippets else None


def refuse_user(request: HttpRequest, user: User) -> HttpResponse | None:
    return _refused(request, [user], "wagtailusers_users:edit", user.pk)


class RefusingBulkDeletion(BulkAction):
    """Mixed into Wagtail's deletion of many at once: nothing is deleted where one of them is needed."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        records = self.get_actionable_objects()[0]
        back = "wagtailadmin_home" if self.next_url == request.path else self.next_url
        return _refused(request, records, back) or super().dispatch(request, *args, **kwargs)


class DeletePages(RefusingBulkDeletion, PageBulkDeletion):
    """Wagtail's own, that refuses."""


class DeleteUsers(RefusingBulkDeletion, UserBulkDeletion):
    """Wagtail's own, that refuses."""


class DeleteSnippets(RefusingBulkDeletion, SnippetBulkDeletion):
    """Wagtail's own, that refuses."""
