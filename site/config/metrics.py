"""The endpoint for Prometheus: `/metrics`, for whoever has METRICS_TOKEN. To all others it is not there."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from core import counters, gauges
from core.bearer_tokens import bearer_token
from core.webhooks import gauges as webhook_gauges
from therapists.enquiries import gauges as enquiry_gauges
from therapists.matching import gauges as matching_gauges

type Gauges = Callable[[], Iterable[Metric]]

FROM_THE_DATABASE: list[Gauges] = [
    gauges.queues,
    gauges.workers,
    gauges.publishing,
    gauges.reviews,
    gauges.backups,
    webhook_gauges.deliveries,
    enquiry_gauges.mail,
    enquiry_gauges.enquiries,
    enquiry_gauges.purge,
    matching_gauges.reach,
]
FROM_ELSEWHERE: list[Gauges] = [gauges.shared_cache, gauges.disk]
#: Milliseconds that one query may take: a scrape is not worth more.
LONGEST_QUERY = 1_000


@csrf_exempt
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer 200 even where the database is away: `practice_database_up` is 0 then."""
    if not _may_read(request):
        raise Http404
    now = CollectorRegistry()
    now.register(NowCollector())
    lines = generate_latest(counters.of_all_processes()) + generate_latest(now)
    return HttpResponse(lines, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _may_read(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    return bool(token) and constant_time_compare(bearer_token(request), token)


class NowCollector(Collector):
    """Asks for everything at the moment of a scrape."""

    def collect(self) -> Iterator[Metric]:
        for each in FROM_ELSEWHERE:
            yield from each()
        families = self._from_the_database()
        yield gauges.gauge("practice_database_up", "Whether the database answers.", families is not None)
        yield from families or []

    def describe(self) -> list[Metric]:
        """Without it a registry asks for everything when the collector is registered, too."""
        return []

    def _from_the_database(self) -> list[Metric] | None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(LONGEST_QUERY)])
                return list(chain.from_iterable(each() for each in FROM_THE_DATABASE))
        except (DatabaseError, InterfaceError):
            return None
