"""How far webhooks got, for Prometheus."""

from collections.abc import Iterator

from django.db.models import Count, Min
from prometheus_client import Metric

from core.gauges import gauge, gauge_by, seconds_since
from core.outbox import SendingState
from core.webhooks.models import Delivery


def deliveries() -> Iterator[Metric]:
    by_state = dict(Delivery.objects.order_by().values_list("state").annotate(Count("pk")))
    counts = {state.value: by_state.get(state, 0) for state in SendingState}
    yield gauge_by("practice_webhook_deliveries", "Deliveries of webhooks by state.", "state", counts)
    oldest = Delivery.objects.due().aggregate(since=Min("next_attempt_at"))["since"]
    said = "How long the oldest delivery has been due. One that waits for its next attempt is not."
    yield gauge("practice_webhook_age_seconds", said, seconds_since(oldest))
