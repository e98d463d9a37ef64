"""What came of the trials, a table each, in the order in which they are run."""

from collections.abc import Iterator
from statistics import median

from tests.benchmarks.servers import trials
from tests.benchmarks.servers.candidates import Running

#: In turn, and the median is told.
ROUNDS = 3
SECONDS = 5


def reports(candidates: dict[str, Running], *, with_memory: bool) -> Iterator[str]:
    yield table(
        "starting, the first page, slow clients", ["start s", "beside 100 slow, ms"], _at_first(candidates)
    )
    yield table("a therapy, requests a second", ["anew", "p99 ms", "kept", "p99 ms"], _at_work(candidates))
    yield table(
        "one of two processes is killed",
        ["answered", "failed", "longest ms", "replaced s"],
        {
            name: [killed.count, killed.failed, killed.longest, killed.until_replaced]
            for name, running in candidates.items()
            for killed in [trials.one_process_killed(running)]
        },
    )
    yield table(
        "a page is changed under load",
        ["answered", "failed", "longest ms", "last old s"],
        {
            name: [changed.count, changed.failed, changed.longest, changed.last_old]
            for name, running in candidates.items()
            for changed in [trials.published_under_load(running)]
        },
    )
    if with_memory:
        yield table(
            "memory of a process, MB",
            ["first", "half way", "at last", "requests"],
            {
                name: [memory.at_first, memory.in_between, memory.at_last, memory.count]
                for name, running in candidates.items()
                for memory in [trials.memory_of_many(running)]
            },
        )


def _at_first(candidates: dict[str, Running]) -> dict[str, list[float]]:
    rows: dict[str, list[list[float]]] = {name: [] for name in candidates}
    for _round in range(ROUNDS):
        for name, running in candidates.items():
            rows[name].append([trials.seconds_to_start(running), trials.beside_slow_clients(running)])
    return _medians(rows)


def _at_work(candidates: dict[str, Running]) -> dict[str, list[float]]:
    rows: dict[str, list[list[float]]] = {name: [] for name in candidates}
    for _round in range(ROUNDS):
        for name, running in candidates.items():
            anew, kept = trials.at_work(running, SECONDS)
            rows[name].append([anew.rate, anew.slow, kept.rate, kept.slow])
    return _medians(rows)


def _medians(rows: dict[str, list[list[float]]]) -> dict[str, list[float]]:
    return {name: [median(column) for column in zip(*figures, strict=True)] for name, figures in rows.items()}


def table(title: str, columns: list[str], rows: dict[str, list[float]]) -> str:
    head = f"{title:<40}" + "".join(f"{column:>20}" for column in columns)
    return "\n".join(
        [
            head,
            *(f"{name:<40}" + "".join(f"{figure:>20,.2f}" for figure in row) for name, row in rows.items()),
            "",
        ]
    )
