"""`make bench-matching`: the table and the plot."""

import os
import sys

import django

BAR_WIDTH = 50


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from tests.benchmarks.matching.comparison import ALL, HALF, LOADS, SEEDS, summary
    from tests.benchmarks.matching.policies import POLICIES

    rows = [(policy, "") for policy in POLICIES]
    rows += [("this ranking", HALF), ("this ranking", ALL)]
    for load in LOADS:
        print(f"\nLoad {load}: enquiries for each place, {len(SEEDS)} made-up practices of 24 therapists\n")
        print(f"{'':<44} {'% of optimum':>16} {'essentials':>11} {'starved':>8}")
        plot = []
        for policy, inflation in rows:
            name = f"{policy}, {inflation}" if inflation else policy
            result = summary(policy, load, inflation)
            print(
                f"{name:<44} {result.share_of_optimum:>9.1f} ± {result.spread:<4.1f}"
                f" {result.essentials_broken:>11} {result.starved:>8.2f}"
            )
            plot.append((name, result.share_of_optimum))
        print()
        for name, share in plot:
            print(f"{name:<44} {'█' * round(share * BAR_WIDTH / 100)} {share:.1f}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
