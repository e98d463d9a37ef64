"""E-mails that were not sent, on the home of the Matching team and of administrators."""

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import ngettext

from core.admin.waiting_panel import Waiting, register_waiting
from therapists.enquiries.access.team import may_break_glass, may_handle
from therapists.enquiries.models import OutgoingMessage


@register_waiting(110)
def unsent_mail(person: User) -> Waiting | None:
    """Say how many, and never to whom."""
    if not (may_handle(person) or may_break_glass(person)):
        return None
    count = OutgoingMessage.objects.troubled().count()
    words = ngettext("%(count)s e-mail was not sent", "%(count)s e-mails were not sent", count)
    return Waiting(words % {"count": count}, reverse("unsent_mail")) if count else None
