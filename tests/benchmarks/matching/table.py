"""The benchmark as tables and plots."""

import sys
from collections.abc import Mapping

from tests.benchmarks.matching.comparison import ALL, HALF, LOADS, SEEDS, Mean, Summary, summary
from tests.benchmarks.matching.policies import POLICIES
from tests.benchmarks.matching.rolling_comparison import (
    PRACTICES,
    WAYS,
    differences,
    half_years,
    means,
)
from tests.benchmarks.matching.worlds import CHANCE, INDEPENDENT, LARGE_CHANCE, TOGETHER

BAR_WIDTH = 50
BUSY, QUIET = LOADS
WHAT_THE_FIGURES_ARE = """
The practices are made up, and so is the truth that the optimum knows: its numbers were chosen, not
measured, and it is made of features that the ranking looks at. Read the rows beside one another; none is a
forecast for a real practice. "Achievable" is what the best assignment gives that sees profiles and answers
alone; the way from there to the optimum cannot be known by anyone beforehand. See
docs/decisions/matching-benchmark.md.
"""


def print_all() -> None:
    print(WHAT_THE_FIGURES_ARE)
    for world in (INDEPENDENT, TOGETHER):
        for chance in (CHANCE, LARGE_CHANCE):
            _print_world(
                f"World: {world.name}; chance {chance}; load {BUSY}",
                {policy: summary(policy, world.with_chance(chance), BUSY) for policy in POLICIES},
            )
    _print_world(
        f"World: {INDEPENDENT.name}; load {QUIET}",
        {policy: summary(policy, INDEPENDENT, QUIET) for policy in POLICIES},
    )
    _print_world(
        f"World: {INDEPENDENT.name}; load {BUSY}; profiles that claim too much",
        {
            f"this ranking, {claims or 'as they are'}": summary("this ranking", INDEPENDENT, BUSY, claims)
            for claims in ("", HALF, ALL)
        },
    )
    print_rolling()


def _print_world(title: str, rows: Mapping[str, Summary]) -> None:
    print(f"\n{title}; {len(SEEDS)} made-up practices, with the 95 % interval of the mean\n")
    print(f"{'':<40} {'% of achievable':>16} {'% of optimum':>14} {'essentials':>11} {'starved':>8}")
    for name, row in rows.items():
        print(
            f"{name:<40} {row.share_of_achievable!s:>16} {row.share_of_optimum!s:>14}"
            f" {row.essentials_broken:>11} {row.starved:>8.2f}"
        )
    print()
    for name, row in rows.items():
        print(f"{name:<40} {_bar(row.share_of_achievable)}")
    sys.stdout.flush()


def print_rolling() -> None:
    print(f"\nHalf a year, morning by morning; {len(PRACTICES)} made-up practices\n")
    columns = {way: means(half_years(way)) for way in WAYS}
    columns |= {"proposals less one by one": differences("proposals", "one by one")}
    print(f"{'':<36}" + "".join(f"{name:>31}" for name in columns))
    for title in columns["proposals"]:
        print(f"{title:<36}" + "".join(f"{figures[title]!s:>31}" for figures in columns.values()))
    print("\nIntroduced, in per cent\n")
    for way in WAYS:
        print(f"{way:<40} {_bar(columns[way]['introduced, %'])}")
    sys.stdout.flush()


def _bar(share: Mean) -> str:
    return f"{'█' * round(share.of * BAR_WIDTH / 100)} {share.of:.1f}"
