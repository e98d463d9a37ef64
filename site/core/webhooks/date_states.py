"""What depends on the date and not on a stored change: whether a therapist takes clients today, say.

Each app registers its states in `ready()`; a page whose state changes overnight is announced.
"""

from collections.abc import Callable, Mapping
from datetime import date

type StatesOn = Callable[[date], Mapping[int, str]]

_registered: list[StatesOn] = []


def register_date_states(states: StatesOn) -> StatesOn:
    """Register a function from a date to a text by page id. Another text means another page to readers."""
    if states not in _registered:
        _registered.append(states)
    return states


def states_on(day: date) -> dict[int, str]:
    states: dict[int, str] = {}
    for registered in _registered:
        for pk, state in registered(day).items():
            states[pk] = f"{states.get(pk, '')}{state};"
    return states
