from datetime import date

from therapies.comparing.comparison import compare
from therapies.facts import ShownDimension, ShownReference, ShownTherapy, ShownValue, TherapyFacts


def dimension(key: str, order: int = 0) -> ShownDimension:
    return ShownDimension(key=key, label=key.title(), question=f"{key}?", in_fact_box=False, sort_order=order)


def reference(key: str) -> ShownReference:
    return ShownReference(key, f"Citation of {key}", "Book", "", 2020, None, "")


def therapy(name: str, /, **answers: str | tuple[str, list[str]]) -> TherapyFacts:
    values = {}
    for order, (key, given) in enumerate(answers.items()):
        answer, references = given if isinstance(given, tuple) else (given, [])
        values[key] = ShownValue(
            dimension=dimension(key, order),
            answer=answer,
            detail="",
            minimum=None,
            maximum=None,
            unit="",
            references=tuple(reference(r) for r in references),
            checked_on=date(2026, 10, order + 1),
            checked_by="A Reviewer, psychologist",
        )
    return TherapyFacts(ShownTherapy(1, name, name.upper(), name.upper(), f"/{name}/"), values)


def keys(comparison):
    return [row.dimension.key for row in comparison.rows]


def test_differences_come_first_then_gaps_then_what_is_the_same():
    one = therapy("one", same="Yes", gap="Yes", different="Yes")
    two = therapy("two", same="yes. ", different="No")
    comparison = compare([one, two])
    assert keys(comparison) == ["different", "gap", "same"]
    assert [row.differs for row in comparison.rows] == [True, False, False]


def test_a_gap_is_said_and_is_not_a_difference():
    [row] = compare([therapy("one", focus="Now"), therapy("two")]).rows
    assert [cell.recorded for cell in row.cells] == [True, False]
    assert not row.differs
    assert not row.complete


def test_an_editors_choice_keeps_its_order_and_its_unanswered_rows():
    one, two = therapy("one", focus="Now", length="Short"), therapy("two", focus="Then", length="Short")
    comparison = compare([one, two], [dimension("length"), dimension("cost"), dimension("focus")])
    assert keys(comparison) == ["length", "cost", "focus"]
    assert not comparison.rows[1].recorded


def test_sources_are_numbered_as_they_are_met_and_once():
    one = therapy("one", focus=("Now", ["b", "a"]), length=("Short", ["a"]))
    two = therapy("two", focus=("Then", ["c"]), length=("Long", ["b"]))
    comparison = compare([one, two])
    assert [(r.number, r.reference.key) for r in comparison.references] == [(1, "b"), (2, "a"), (3, "c")]
    assert [[cell.reference_numbers for cell in row.cells] for row in comparison.rows] == [
        [(1, 2), (3,)],
        [(2,), (1,)],
    ]


def test_the_dates_and_names_of_the_checks_are_gathered():
    comparison = compare([therapy("one", focus="Now", length="Short"), therapy("two", focus=("Then", ["a"]))])
    assert comparison.first_checked == date(2026, 10, 1)
    assert comparison.last_checked == date(2026, 10, 2)
    assert comparison.checked_by == ("A Reviewer, psychologist",)
    assert comparison.has_own_statements


def test_nothing_recorded_gives_an_empty_table_and_no_dates():
    comparison = compare([therapy("one"), therapy("two")])
    assert comparison.rows == ()
    assert comparison.last_checked is None
    assert not comparison.has_own_statements
