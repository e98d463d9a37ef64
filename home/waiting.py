"""The help lines: whoever may change them rings each number once a quarter."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from core.admin.waiting_panel import Waiting, register_waiting
from home.models import CrisisHelp, CrisisHelpTranslation

RUNG_EVERY = timedelta(days=91)


@register_waiting(60)
def help_lines(person: User) -> Waiting | None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or not person.has_perm("home.change_crisishelp"):
        return None
    crisis = CrisisHelp.for_site(site)
    if not _is_due(crisis.checked_on):
        return None
    address = reverse("wagtailsettings:edit", args=["home", "crisishelp", site.pk])
    return Waiting(_("The numbers of the help lines are due to be rung"), address)


@register_waiting(61)
def help_lines_in_languages(person: User) -> Waiting | None:
    """A language with help lines of its own has numbers of its own."""
    if not settings.WAGTAIL_I18N_ENABLED or not person.has_perm("home.change_crisishelptranslation"):
        return None
    others = CrisisHelpTranslation.objects.select_related("locale").order_by("locale__language_code")
    due = [one for one in others if one.help_lines and _is_due(one.checked_on)]
    if not due:
        return None
    words = _("The numbers of the help lines in %(language)s are due to be rung")
    address = reverse("urgent-help-in-languages:edit", args=[due[0].pk])
    return Waiting(words % {"language": due[0].locale}, address)


def _is_due(checked_on: date | None) -> bool:
    return checked_on is None or timezone.localdate() - checked_on > RUNG_EVERY
