"""The help lines: whoever may change them rings each number once a quarter."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from core.admin.waiting_panel import Waiting, register_waiting
from home.models import CrisisHelp

RUNG_EVERY = timedelta(days=91)


@register_waiting(60)
def help_lines(person: User) -> Waiting | None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or not person.has_perm("home.change_crisishelp"):
        return None
    checked_on = CrisisHelp.for_site(site).checked_on
    if checked_on and timezone.localdate() - checked_on <= RUNG_EVERY:
        return None
    address = reverse("wagtailsettings:edit", args=["home", "crisishelp", site.pk])
    return Waiting(_("The numbers of the help lines are due to be rung"), address)
