import pytest


@pytest.fixture(autouse=True)
def _found(search_index: None) -> None:
    """Whatever these tests store can be found."""
