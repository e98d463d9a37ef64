"""Runs what shows each of the 36 promises, and prints a line for each: whether it is kept, and its figure.

python -m tests.resilience [number …]
"""

import sys
from collections import defaultdict
from collections.abc import Iterable

import pytest

from tests.resilience.promises import Promise, promises


class Outcomes:
    """What became of each test, and the figure that it told."""

    def __init__(self) -> None:
        self.by_test: dict[str, str] = {}
        self.figures: dict[str, list[str]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            self.by_test[report.nodeid] = report.outcome
        if report.when == "call":
            told = [str(value) for name, value in report.user_properties if name == "figure"]
            self.figures[report.nodeid] += told

    def of(self, promise: Promise) -> dict[str, str]:
        return {test: came for test, came in self.by_test.items() if is_named(test, promise.tests)}


def is_named(test: str, names: Iterable[str]) -> bool:
    return any(test == name or test.startswith((f"{name}::", f"{name}[")) for name in names)


def line(promise: Promise, outcomes: Outcomes) -> str:
    return f"{promise.number:>2}  {promise.what}: {_state(promise, outcomes)}"


def _state(promise: Promise, outcomes: Outcomes) -> str:
    if promise.not_run:
        return f"not run – {promise.not_run}"
    came = outcomes.of(promise)
    failed = sorted(test for test, outcome in came.items() if outcome == "failed")
    passed = sum(outcome == "passed" for outcome in came.values())
    if failed:
        return f"NOT KEPT – {', '.join(failed)}"
    if not passed:
        return "not run – what it needs is not installed"
    figures = [figure for test in came for figure in outcomes.figures[test]] or [f"{passed} tests passed"]
    skipped = len(came) - passed
    told = "; ".join(figures) + (f"; {skipped} skipped" if skipped else "")
    return f"kept in part – {told}; {promise.short_of}" if promise.short_of else f"kept – {told}"


def main(numbers: list[int]) -> int:
    chosen = [promise for promise in promises() if not numbers or promise.number in numbers]
    outcomes = Outcomes()
    tests = list(dict.fromkeys(name for promise in chosen for name in promise.tests))
    options = ["-q", "-p", "no:cacheprovider", "--override-ini", "python_files=test_*.py load_*.py"]
    code = pytest.main([*options, *tests], plugins=[outcomes]) if tests else 0
    print()
    for promise in chosen:
        print(line(promise, outcomes))
    return int(code)


if __name__ == "__main__":
    sys.exit(main([int(number) for number in sys.argv[1:]]))
