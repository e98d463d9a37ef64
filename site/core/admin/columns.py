"""Columns of the admin's lists that have a button."""

from typing import Any

from django.db.models import Model
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import Promise
from wagtail.admin.ui.tables import Column


class PostColumn(Column):
    """A button in each row that posts to a view with the row's key."""

    cell_template_name = "wagtailadmin/home/post_cell.html"

    def __init__(self, name: str, *, url_name: str, words: str | Promise, **options: Any) -> None:
        self.url_name = url_name
        self.words = words
        super().__init__(name, accessor="pk", **options)

    def get_cell_context_data(self, instance: Model, parent_context: dict) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return context | {
            "csrf_token": get_token(context["request"]),
            "action": reverse(self.url_name, args=[instance.pk]),
            "words": self.words,
        }
