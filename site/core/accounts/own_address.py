"""An e-mail address resets a password: to change one's own asks for it, and the old address is told.

Whoever has a second step shows it again, too.
"""

import logging
from functools import partial
from smtplib import SMTPException
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import transaction
from django.db.models.signals import pre_save
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.views.account import NameEmailSettingsPanel

from core.accounts.second_factor.session import has_set_up, has_shown_again

logger = logging.getLogger(__name__)


class OwnAddressForm(NameEmailForm):
    """Asks for the password where the address is another than before."""

    current_password = forms.CharField(
        label=gettext_lazy("Your password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=gettext_lazy("Needed to change the e-mail address. The old address is told of the change."),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        # The page makes the form twice, the second time of an account that has the new address in memory.
        stored = User.objects.filter(pk=self.instance.pk).values_list("email", flat=True).first()
        is_another = "email" in cleaned and cleaned["email"] != stored
        if is_another and not self.instance.check_password(cleaned.get("current_password") or ""):
            self.add_error("current_password", _("Type the password that you sign in with."))
        elif is_another and has_set_up(self.request) and not has_shown_again(self.request):
            words = _(
                "Your second step is needed too. <a href='{}'>Show it again</a>, and change the address then."
            )
            again = reverse("mfa_reauthenticate", query={"next": self.request.path})
            self.add_error("email", format_html(words, again))
        return cleaned


def ask_before_an_address_is_changed() -> None:
    NameEmailSettingsPanel.form_class = property(lambda panel: partial(OwnAddressForm, request=panel.request))
    pre_save.connect(tell_the_old_address, sender=User)


def tell_the_old_address(
    instance: User, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """Write to the address that an account had until now, whoever changes it, and wherever."""
    if raw or (update_fields is not None and "email" not in update_fields):
        return
    old = User.objects.filter(pk=instance.pk).values_list("email", flat=True).first()
    if old and old.casefold() != instance.email.casefold():
        transaction.on_commit(lambda: _send(instance, old))


def _send(person: User, address: str) -> None:
    """At once, and not by a job: a job would carry an address that is stored nowhere any more."""
    words = {"person": person, "site_name": settings.WAGTAIL_SITE_NAME}
    try:
        send_mail(
            _("Your e-mail address was changed"),
            render_to_string("emails/address_changed.txt", words),
            from_email=None,
            recipient_list=[address],
        )
    except (OSError, SMTPException) as error:
        logger.error("The old address of account %s could not be told: %s", person.pk, type(error).__name__)
