"""Send one delivery, and pause the endpoint where every attempt failed."""

import json
from http import HTTPStatus

from django.utils import timezone

from core.outbox import NotWanted, Refused, Sender, TryAgain
from core.webhooks import signing
from core.webhooks.addresses import AddressRefused
from core.webhooks.http_client import NoAnswer, post
from core.webhooks.models import Delivery
from core.webhooks.notifications import notify_of_pause
from core.webhooks.settling import wait_until_settled


class WebhookSender(Sender[Delivery]):
    """Any answer of 2xx counts as received. 410 (Gone) is refused for good; every other is tried again."""

    model = Delivery

    def attempt(self, row: Delivery) -> None:
        if not row.endpoint.is_active:
            raise NotWanted
        wait_until_settled(row.event)
        status = self._post(row)
        Delivery.objects.filter(pk=row.pk).update(status_code=status)
        if status == HTTPStatus.GONE:
            raise Refused(f"HTTP {status}")
        if not 200 <= status < 300:
            raise TryAgain(f"HTTP {status}")

    def _post(self, row: Delivery) -> int:
        secrets = [secret.sealed_secret for secret in row.endpoint.secrets.in_use()]
        if not secrets:
            raise Refused("NoSecret")
        body = json.dumps(row.event.body(), ensure_ascii=False, separators=(",", ":")).encode()
        signed = signing.headers(secrets, str(row.event_id), int(timezone.now().timestamp()), body)
        sent = {"content-type": "application/json", "user-agent": "therapy-practice-webhooks/1", **signed}
        try:
            return post(row.endpoint.url, body, sent)
        except AddressRefused as refusal:
            raise Refused("AddressRefused") from refusal
        except NoAnswer as error:
            Delivery.objects.filter(pk=row.pk).update(status_code=None)
            raise TryAgain(str(error)) from error

    def given_up(self, row: Delivery) -> None:
        if row.endpoint.is_active:
            row.endpoint.pause(row.last_error)
            notify_of_pause.defer(endpoint_id=row.endpoint_id)
