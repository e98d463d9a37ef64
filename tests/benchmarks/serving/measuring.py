"""All servers in turn, round after round: what slows the machine for a while slows them all."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from tests.benchmarks.serving.addresses import Row
from tests.benchmarks.serving.disk import path_on_disk
from tests.benchmarks.serving.load import HEADERS, MADE_ANEW, Figures, Server, measure


@dataclass(frozen=True)
class Plan:
    rows: list[Row]
    rounds: int
    #: How long each server is asked in each round.
    seconds: int


#: By row and server, the figures of each round.
type Measured = dict[tuple[Row, str], list[Figures]]


def measure_all(plan: Plan, servers: dict[str, Server]) -> Measured:
    measured: Measured = defaultdict(list)
    for _round in range(plan.rounds):
        for row in plan.rows:
            for name, server, path, headers in asked(row, servers):
                figures = measure(server, path, plan.seconds, headers)
                measured[row, name].append(figures)
    return measured


def asked(row: Row, servers: dict[str, Server]) -> Iterator[tuple[str, Server, str, dict[str, str]]]:
    """Yield a name for each column of the report, who is asked for it, for what, and with which headers."""
    ours = servers["ours"]
    yield "hello", servers["hello"], "/", {}
    yield "made", ours, row.path, MADE_ANEW
    yield "kept", ours, row.path, {}
    if "front" in servers:
        yield "front", servers["front"], row.path, {}
        yield "disk", servers["disk"], path_on_disk(row), {}
    if "peer" in servers:
        yield "peer", servers["peer"], where_it_leads(servers["peer"].url, row.peers), {}


def where_it_leads(server: str, path: str) -> str:
    """Return the path that an address is answered at: Wagtail's own API finds a page by leading to it."""
    answer = httpx.get(server + path, headers=HEADERS, timeout=30)
    return urlsplit(answer.headers["Location"]).path if answer.is_redirect else path
