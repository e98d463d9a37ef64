"""What was measured, as a table of medians with the bars that are kept or missed."""

from collections.abc import Iterator
from math import nan
from statistics import median

from tests.benchmarks.serving.addresses import Row
from tests.benchmarks.serving.load import Figures
from tests.benchmarks.serving.measuring import Measured

#: Of what the least that Django does gives, an answer from memory gives at least this share.
KEPT_BAR = 0.5
#: Of what files on disk give, the front server's memory gives at least this share.
FRONT_BAR = 0.8
SERVERS = ["peer", "made", "kept", "hello", "front", "disk"]
HEAD = f"{'requests a second':<18}" + "".join(f"{name:>9}" for name in SERVERS)
HEAD += f"{'ms made':>9}{'ms peer':>9}{'p99 made':>10}{'KB':>7}{'KB peer':>9}"


def report(measured: Measured) -> str:
    rows = list(dict.fromkeys(row for row, _server in measured))
    return "\n".join(
        [HEAD, *(line(row, medians(measured, row)) for row in rows), "", *verdicts(measured, rows)]
    )


def medians(measured: Measured, row: Row) -> dict[str, Figures]:
    found = {server: rounds for (of, server), rounds in measured.items() if of == row}
    return {
        server: Figures(
            *(
                median(getattr(one, name) for one in rounds)
                for name in ("rate", "processor", "slow", "weight")
            )
        )
        for server, rounds in found.items()
    }


def line(row: Row, of: dict[str, Figures]) -> str:
    made, peer = of["made"], of.get("peer")
    rates = "".join(f"{of[name].rate:>9.0f}" if name in of else f"{nan:>9.0f}" for name in SERVERS)
    cost, weight = (peer.processor, peer.weight) if peer else (nan, nan)
    return (
        f"{row.name:<18}{rates}{made.processor:>9.1f}{cost:>9.1f}"
        f"{made.slow:>10.0f}{made.weight:>7.1f}{weight:>9.1f}"
    )


def verdicts(measured: Measured, rows: list[Row]) -> Iterator[str]:
    """Say of each bar whether it is kept."""
    for row in rows:
        of = medians(measured, row)
        if row.bar and "peer" in of:
            yield verdict(
                f"{row.name}, made anew, against the peer", of["made"].rate / of["peer"].rate, row.bar
            )
        if not row.is_kept:
            continue
        yield verdict(f"{row.name}, from memory, against hello", of["kept"].rate / of["hello"].rate, KEPT_BAR)
        if "front" in of:
            yield verdict(
                f"{row.name}, from the front, against files", of["front"].rate / of["disk"].rate, FRONT_BAR
            )


def verdict(what: str, ratio: float, bar: float) -> str:
    drawn = "█" * min(round(20 * ratio / bar), 40)
    return f"{what:<52}{ratio:>6.2f}  {'kept' if ratio >= bar else 'missed'} ({bar})  {drawn}"
