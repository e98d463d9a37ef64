from django import forms
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core.webhooks.announcements import announce_everything_changed
from core.webhooks.enums import CHOICES
from core.webhooks.models import Endpoint, EndpointSecret


class EndpointForm(WagtailAdminModelForm):
    events = forms.MultipleChoiceField(
        label=_("What it hears of"),
        choices=CHOICES,
        initial=[kind for kind, _label in CHOICES],
        widget=CheckboxSelectMultiple,
    )

    def save(self, commit: bool = True) -> Endpoint:
        is_new = self.instance.pk is None
        is_back = self.instance.is_active and "is_active" in self.changed_data
        if self.instance.is_active:
            self.instance.paused_at, self.instance.paused_because = None, ""
        endpoint: Endpoint = super().save(commit)
        if is_new:
            endpoint.new_secret()
        elif is_back:
            announce_everything_changed(endpoint)
        return endpoint


class NewSecretForm(forms.Form):
    is_urgent = forms.BooleanField(
        label=_("Someone else knows the old one: end it now"),
        required=False,
        help_text=_("Messages are refused until the other side has the new one."),
    )

    def save(self, endpoint: Endpoint) -> EndpointSecret:
        return endpoint.new_secret(older_ones_end=timezone.now() if self.cleaned_data["is_urgent"] else None)
