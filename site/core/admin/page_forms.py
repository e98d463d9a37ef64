"""The admin's forms for every page type: they tell beforehand what publication would refuse."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page


def compare_with_what_is_stored(form: forms.BaseForm) -> None:
    """Let no field count as changed that was left alone.

    Where a default is made by a function, Django compares with a hidden field, which no panel renders.
    """
    for field in form.fields.values():
        field.show_hidden_initial = False


class PracticePageForm(WagtailAdminPageForm):
    """A page without an address gets one from its title, in any script: a script alone would fill it in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        for form in [self, *(row for rows in self.formsets.values() for row in rows.forms)]:
            compare_with_what_is_stored(form)

    def clean_slug(self) -> str:
        """An address that is emptied stays as it was."""
        return self.cleaned_data["slug"] or self.instance.slug

    def _post_clean(self) -> None:
        """Check a draft as it is handed in or published. One that is only saved stops nobody."""
        super()._post_clean()
        if self.is_deferred_validation or self.instance.live:
            return
        try:
            self.instance.check_publication()
        except ValidationError as error:
            self._update_errors(error)

    def save(self, commit: bool = True) -> Page:
        for rows in self.formsets.values():
            _let_sent_rows_replace_stored(rows)
        return super().save(commit)


def _let_sent_rows_replace_stored(rows: BaseChildFormSet) -> None:
    """Remove each row that the form did not know of, where it holds another for the same thing.

    A draft that saved itself, or another tab, stored it since the form was shown: two would break the rule
    that there is one.
    """
    manager = getattr(rows.instance, rows.rel_name)
    sent = [form.instance for form in rows.forms]
    for fields in _one_for_each(rows.model, besides=rows.fk.name):
        taken = {tuple(getattr(row, name) for name in fields) for row in sent}
        for stored in manager.all():
            if stored not in sent and tuple(getattr(stored, name) for name in fields) in taken:
                manager.remove(stored)


def _one_for_each(model: type[Model], besides: str) -> Iterator[tuple[str, ...]]:
    """Yield the fields for whose values a page has one row only, besides the one that leads to the page."""
    for constraint in model._meta.total_unique_constraints:
        if besides in constraint.fields:
            fields = [field for field in model._meta.concrete_fields if field.name in constraint.fields]
            yield tuple(field.attname for field in fields if field.name != besides)


class PracticeCopyForm(CopyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "copy_subpages" not in self.fields and not self.page.specific_class.is_published_with_its_copy:
            self.fields.pop("publish_copies", None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("publish_copies") or cleaned.get("alias"):
            return cleaned
        copied = self.page.get_descendants(inclusive=True) if cleaned.get("copy_subpages") else [self.page]
        if not all(page.specific_class.is_published_with_its_copy for page in copied):
            self.add_error(
                "publish_copies",
                _("A copy would stand for the same as its original. Copy it as a draft, and change that."),
            )
        return cleaned
