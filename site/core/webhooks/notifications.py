"""E-mails to those who may change endpoints when one was stopped."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from core.webhooks.models import Endpoint

CHANGE_ENDPOINT = "webhooks.change_endpoint"


@app.task(
    name="webhooks.notify_of_pause",
    queue="mail",
    retry=RetryStrategy(max_attempts=10, exponential_wait=5),
)
def notify_of_pause(endpoint_id: int) -> None:
    endpoint = Endpoint.objects.filter(pk=endpoint_id).exclude(paused_at=None).first()
    addresses = [user.email for user in endpoint_managers() if user.email]
    if endpoint is None or not addresses:
        return
    link = settings.WAGTAILADMIN_BASE_URL + reverse("webhook-endpoints:edit", args=[endpoint.pk])
    EmailMessage(
        subject=_("Nothing is sent to “%(name)s” any more") % {"name": " ".join(endpoint.name.split())},
        body=render_to_string("emails/webhook_paused.txt", {"endpoint": endpoint, "link": link}),
        to=addresses,
        headers={"Auto-Submitted": "auto-generated"},
    ).send()


def endpoint_managers() -> list[User]:
    users = get_user_model().objects
    return list(users.with_perm(CHANGE_ENDPOINT))
