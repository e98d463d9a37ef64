import pytest

from tests.demo.passes import for_each


def test_every_record_that_does_not_pass_is_named() -> None:
    @for_each([("one", 1), ("two", 2), ("three", 0)])
    def check(name: str, number: int) -> None:
        assert 6 / number == 3

    with pytest.raises(AssertionError) as told:
        check()
    assert "'one'" in str(told.value)
    assert "'two'" not in str(told.value)
    assert "'three', 0): ZeroDivisionError" in str(told.value)
