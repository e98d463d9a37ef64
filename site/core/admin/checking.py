"""Who last looked at what has to be looked at again and again: stored as it is saved."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm


class CheckedForm(WagtailAdminModelForm):
    """For a model with `checked_on` and `checked_by`."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        checked_on = cleaned.get("checked_on")
        if checked_on and checked_on > timezone.localdate():
            self.add_error("checked_on", ValidationError(_("This day is still to come."), code="future"))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Store whose check it is, where somebody stores another day."""
        if "checked_on" in self.changed_data:
            by = self.for_user if self.cleaned_data["checked_on"] else None
            self.instance.checked_by = (by.get_full_name() or by.get_username()) if by else ""
        return super().save(commit)
