from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.caching.until_midnight import until_midnight

USUAL = "public, max-age=0, s-maxage=60, stale-while-revalidate=300"
A_DAY = "public, max-age=0, s-maxage=86400"


@pytest.mark.parametrize(
    ("moment", "usual", "a_day"),
    [
        ("2026-11-28T12:00:00", (60, 300), 43_140),
        # In summer, midnight in the UK is at eleven.
        ("2026-07-01T22:55:00", (60, 180), 240),
        ("2026-07-01T22:58:30", (30, 0), 30),
        ("2026-07-01T22:59:59", (0, 0), 0),
        ("2026-07-01T23:00:00", (60, 300), 86_340),
        # The clocks go forward and back in these days.
        ("2026-03-29T00:00:00", (60, 300), 82_740),
        ("2026-10-24T23:00:00", (60, 300), 86_400),
    ],
)
def test_no_cache_keeps_an_answer_beyond_its_day(moment: str, usual: tuple[int, int], a_day: int) -> None:
    with patch("django.utils.timezone.now", return_value=datetime.fromisoformat(moment).replace(tzinfo=UTC)):
        assert until_midnight(USUAL) == (
            f"public, max-age=0, s-maxage={usual[0]}, stale-while-revalidate={usual[1]}"
        )
        assert until_midnight(A_DAY) == f"public, max-age=0, s-maxage={a_day}"


@given(st.text(max_size=40))
def test_what_names_no_time_is_left_alone(header: str) -> None:
    if "=" not in header:
        assert until_midnight(header) == header
