"""The admin's forms for every page type: they tell beforehand what publication would refuse."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm


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
