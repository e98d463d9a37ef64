from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, SettingsTab

from core.accounts.second_factor.factors import Factors

TAB = SettingsTab("signing-in", _("Signing in"), order=150)  # after the profile


class SecondFactorPanel(BaseSettingsPanel):
    """A tab of the account page. It links to the views that change something, and has no form of its own."""

    name = "second_factor"
    title = _("Second step")
    tab = TAB
    order = 100
    template_name = "second_factor/panel.html"

    def get_form(self) -> forms.Form:
        return forms.Form()

    def get_context_data(self) -> dict[str, Any]:
        return {"factors": Factors.of(self.user)}
