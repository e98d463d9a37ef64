"""What a mail provider tells of e-mails after it took them, through the webhooks of django-anymail."""

from typing import Any

from anymail.signals import AnymailTrackingEvent, tracking
from anymail.urls import urlpatterns as anymail_patterns

from therapists.enquiries.services.bounces import record_bounce
from therapists.enquiries.services.offer_ends import end_undeliverable

#: The e-mail will never arrive.
CAME_BACK = {"bounced", "rejected", "failed"}

#: Of anymail's addresses those that tell of what was sent; the site takes no e-mail in.
urlpatterns = [pattern for pattern in anymail_patterns if str(pattern.name).endswith("_tracking_webhook")]


def listen_for_bounces() -> None:
    tracking.connect(_heard, dispatch_uid="enquiries.bounces")


def _heard(event: AnymailTrackingEvent, **kwargs: Any) -> None:
    came_back = event.event_type in CAME_BACK
    if came_back and record_bounce(event.recipient or "", event.message_id or ""):
        end_undeliverable()
