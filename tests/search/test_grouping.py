from types import SimpleNamespace

from search.grouping import grouped
from search.highlighting import Result


def result(kind: str, title: str) -> Result:
    return Result(SimpleNamespace(kind_heading=kind), title, "")


def test_the_kind_of_the_best_comes_first_and_the_order_within_it_stays() -> None:
    found = [
        result("Concerns", "a"),
        result("Therapies", "b"),
        result("Concerns", "c"),
        result("Therapies", "d"),
    ]
    groups = [(group.heading, [member.title for member in group.results]) for group in grouped(found)]
    assert groups == [("Concerns", ["a", "c"]), ("Therapies", ["b", "d"])]


def test_nothing_found_makes_no_group() -> None:
    assert grouped([]) == []
