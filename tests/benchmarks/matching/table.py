"""The benchmark as a table and a plot."""

import sys
from dataclasses import dataclass

from tests.benchmarks.matching.comparison import ALL, HALF, LOADS, SEEDS, Summary, summary
from tests.benchmarks.matching.policies import POLICIES
from tests.benchmarks.matching.practice import MUCH_CHANCE

BAR_WIDTH = 50
WHAT_THE_FIGURES_ARE = """
The practices are made up, and so is the truth that the optimum knows: its numbers were chosen, not
measured, and it is made of features that the ranking looks at. Read the rows beside one another; none is a
forecast for a real practice. The last rows show how far the figures fall when chance moves the truth five
times as much. See docs/decisions/matching-benchmark.md.
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


def rows_at(load: float) -> list[Row]:
    return [
        *(Row(policy, summary(policy, load)) for policy in POLICIES),
        *(
            Row(f"this ranking, {inflation}", summary("this ranking", load, inflation))
            for inflation in (HALF, ALL)
        ),
        *(
            Row(f"{policy}, chance {MUCH_CHANCE}", summary(policy, load, chance=MUCH_CHANCE))
            for policy in POLICIES
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
        share = row.result.share_of_optimum
        print(f"{row.name:<44} {'█' * round(share * BAR_WIDTH / 100)} {share:.1f}")
