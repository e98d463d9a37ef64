"""Deliveries that were given up, on the home of those who look after them."""

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import ngettext

from core.admin.waiting_panel import Waiting, register_waiting
from core.outbox.models import SendingState
from core.webhooks.models import Delivery


@register_waiting(120)
def failed_deliveries(person: User) -> Waiting | None:
    if not person.has_perm("webhooks.view_delivery"):
        return None
    count = Delivery.objects.filter(state=SendingState.FAILED, endpoint__is_active=True).count()
    words = ngettext("%(count)s webhook was not delivered", "%(count)s webhooks were not delivered", count)
    return Waiting(words % {"count": count}, reverse("webhook-deliveries:index")) if count else None
