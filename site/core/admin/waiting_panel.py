"""On the home of the admin: what waits for whoever signed in, each line with the way to the work.

An app registers its own lines in its module `waiting`, which is found by that name. A line is gone when the
truth says so: it is looked at each time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from wagtail.admin.ui.components import Component

#: How many of what a line counts are named below it.
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sentence with the number in it, and where all of it is; the first few by name and address."""

    words: str
    address: str = ""
    first: tuple[tuple[str, str], ...] = ()


type Look = Callable[[User], Waiting | None]

_looks: list[tuple[int, Look]] = []


def register_waiting(order: int) -> Callable[[Look], Look]:
    """Register the decorated function: it returns what waits for an account, or None.

    It says itself who may do the work: what someone may not do waits for others.
    """

    def register(look: Look) -> Look:
        _looks.append((order, look))
        return look

    return register


def waiting_for(person: User) -> list[Waiting]:
    looks = [look for _order, look in sorted(_looks, key=lambda entry: entry[0])]
    return [waiting for look in looks if (waiting := look(person))]


class WaitingPanel(Component):
    name = "waiting"
    template_name = "wagtailadmin/home/waiting.html"
    order = 50  # below what is wrong and the first steps, above lists of pages

    def __init__(self, person: User) -> None:
        self.person = person

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"waiting": waiting_for(self.person)}
