"""A practice opens with two people who answer enquiries, and with e-mail that arrives."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from core.admin.first_steps_panel import Missing, register_first_step
from therapists.enquiries.access.team import SMALLEST_TEAM, team_members
from therapists.enquiries.mail.trial import what_mail_lacks


@register_first_step(20, gettext_lazy("Try your e-mail"))
def mail(_site: Site) -> Missing | None:
    lack = what_mail_lacks()
    return Missing(lack, reverse("practice_mail")) if lack else None


@register_first_step(30, gettext_lazy("Put two people on the Matching team"))
def team(_site: Site) -> Missing | None:
    members = [person.get_full_name() or person.get_username() for person in team_members()[:SMALLEST_TEAM]]
    if len(members) >= SMALLEST_TEAM:
        return None
    words = (
        _("Only %(name)s is. Enquiries need someone when one of them is ill.") % {"name": members[0]}
        if members
        else _("They answer enquiries. Give each an account with that role. You cannot be one of them.")
    )
    return Missing(words, reverse("wagtailusers_users:add"))
