from datetime import timedelta

import pytest
from django.utils import timezone

from core.webhooks import queue as outbox
from core.webhooks.models import Delivery
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.webhooks import EndpointFactory, listening


@pytest.fixture
def home(db):
    return make_site()


@pytest.fixture
def fees(home):
    return InfoPageFactory(parent=home, title="Fees", slug="fees")


@pytest.fixture
def endpoint(home):
    return EndpointFactory()


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_ALLOWED_HOSTS = ["localhost"]
    with listening() as receiver:
        yield receiver


@pytest.fixture
def deliver():
    """What the worker does with everything that is due, or will be."""

    def run():
        Delivery.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
        for pk in list(Delivery.objects.due().values_list("pk", flat=True)):
            outbox.deliver(str(pk))

    return run
