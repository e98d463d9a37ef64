"""A message leaves when nobody is given the answer of before any more, however long the change took."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from unittest.mock import patch

import pytest
from django.db import connection, transaction

from core.webhooks import settling
from core.webhooks.models import Delivery
from core.webhooks.queue import deliver
from core.webhooks.settling import EndedTransactions
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.webhooks import EndpointFactory

pytestmark = pytest.mark.usefixtures("own_database", "transactional_db")


@dataclass
class Clock:
    now: float = 100.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Iterator[Clock]:
    clock = Clock()
    with (
        patch.object(settling, "time", clock),
        patch.object(settling, "ended_transactions", EndedTransactions()),
    ):
        yield clock


def test_the_first_of_many_waits_and_the_others_leave_with_it(clock, receiver, settings):
    settings.WEBHOOK_DELAY_SECONDS = 2
    home = make_site()
    pages = [InfoPageFactory(parent=home, slug=f"page-{number}") for number in range(2)]
    EndpointFactory(url=receiver.url)
    for page in pages:
        page.save_revision().publish()
    for row in Delivery.objects.order_by("created_at"):
        deliver(str(row.pk))
    assert len(receiver.received) == 2
    assert clock.slept == [2]

    pages[0].save_revision().publish()
    clock.now += 60  # nobody looked meanwhile
    deliver(str(Delivery.objects.latest("created_at").pk))
    assert clock.slept == [2, 2]


def test_a_long_transaction_counts_from_its_end(clock):
    ended = EndedTransactions()

    def begin() -> int:
        transaction.set_autocommit(False)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            return cursor.fetchone()[0]

    def commit() -> None:
        transaction.commit()
        connection.close()

    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        own_id = elsewhere.submit(begin).result()
        ended.seconds_since(own_id - 1)
        clock.now += 10
        elsewhere.submit(commit).result()
    assert ended.seconds_since(own_id) == 0
    clock.now += 5
    assert ended.seconds_since(own_id) == 5
