from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.webhooks.announcements import send_test
from core.webhooks.models import Delivery, Endpoint
from core.webhooks.notifications import CHANGE_ENDPOINT
from core.webhooks.queue import send_again


@permission_required(CHANGE_ENDPOINT, raise_exception=True)
@require_POST
def test_endpoint(request: HttpRequest, pk: int) -> HttpResponse:
    endpoint = get_object_or_404(Endpoint, pk=pk)
    if not endpoint.is_active:
        messages.error(request, _("“%(name)s” is switched off.") % {"name": endpoint})
        return redirect("webhook-endpoints:index")
    delivery = send_test(endpoint)
    messages.success(request, _("A test is on its way. Load this page again to see how it went."))
    return redirect("webhook-deliveries:inspect", delivery.pk)


@permission_required(CHANGE_ENDPOINT, raise_exception=True)
@require_POST
def deliver_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    delivery = get_object_or_404(Delivery.objects.select_related("endpoint"), pk=pk)
    if not delivery.endpoint.is_active:
        messages.error(request, _("“%(name)s” is switched off.") % {"name": delivery.endpoint})
    elif send_again(delivery):
        messages.success(request, _("It is on its way again. Load this page again to see how it went."))
    else:
        messages.warning(request, _("It is being sent at this moment."))
    return redirect("webhook-deliveries:inspect", pk)
