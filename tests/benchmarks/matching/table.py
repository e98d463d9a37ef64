"""The benchmark as tables and plots."""

import sys
from dataclasses import dataclass

from tests.benchmarks.matching.comparison import ALL, HALF, LOADS, SEEDS, Summary, summary
from tests.benchmarks.matching.policies import POLICIES
from tests.benchmarks.matching.practice import CALIBRATED_CHANCE, CHANCES

BAR_WIDTH = 50
#: What each has to reach when most places are needed, in per cent of the optimum.
BARS = {"this ranking": 80, "batch assignment": 86}
BUSY = LOADS[0]
COMPARED = ["random", *BARS]
WHAT_THE_FIGURES_ARE = """
The practices are made up, and so is the truth that the optimum knows: its numbers were chosen, not
measured, and it is made of features that the ranking looks at. Read the rows beside one another; none is a
forecast for a real practice. The last table shows how far the figures fall the more chance moves the truth.
See docs/decisions/matching-benchmark.md.
"""


@dataclass(frozen=True)
class Row:
    name: str
    result: Summary


def print_all() -> None:
    print(WHAT_THE_FIGURES_ARE)
    for load in LOADS:
        print(f"\nLoad {load}: enquiries for each place, {len(SEEDS)} made-up practices of 24 therapists\n")
        rows = rows_at(load)
        print_table(rows)
        print_plot(rows)
        sys.stdout.flush()
    print_sensitivity()


def rows_at(load: float) -> list[Row]:
    return [
        *(Row(policy, summary(policy, load)) for policy in POLICIES),
        *(
            Row(f"this ranking, {inflation}", summary("this ranking", load, inflation))
            for inflation in (HALF, ALL)
        ),
    ]


def print_table(rows: list[Row]) -> None:
    print(f"{'':<44} {'% of optimum':>16} {'essentials':>11} {'starved':>8}")
    for row in rows:
        result = row.result
        print(
            f"{row.name:<44} {result.share_of_optimum:>9.1f} ± {result.spread:<4.1f}"
            f" {result.essentials_broken:>11} {result.starved:>8.2f}"
        )


def print_plot(rows: list[Row]) -> None:
    print()
    for row in rows:
        print(f"{row.name:<44} {bar(row.result.share_of_optimum)}")


def print_sensitivity() -> None:
    """No policy sees the chance: who is left without work does not depend on it."""
    print(f"\nLoad {BUSY}: in % of the optimum, the more chance moves the true value of a pair\n")
    print(f"{'chance':<12}" + "".join(f"{policy:>24}" for policy in COMPARED))
    for chance in CHANCES:
        cells = "".join(f"{_reached(policy, chance):>24}" for policy in COMPARED)
        print(f"{chance:<12}{cells}{'  calibrated' if chance == CALIBRATED_CHANCE else ''}")
    print(f"\nBars: {', '.join(f'{policy} {least}' for policy, least in BARS.items())}\n")
    for chance in CHANCES:
        for policy in COMPARED:
            print(f"{chance:<6}{policy:<38} {bar(summary(policy, BUSY, chance=chance).share_of_optimum)}")
        sys.stdout.flush()


def _reached(policy: str, chance: float) -> str:
    result = summary(policy, BUSY, chance=chance)
    share = f"{result.share_of_optimum:.1f} ± {result.spread:.1f}"
    if policy not in BARS:
        return share
    return f"{share} {'kept' if result.share_of_optimum >= BARS[policy] else 'missed'}"


def bar(share: float) -> str:
    return f"{'█' * round(share * BAR_WIDTH / 100)} {share:.1f}"
