"""What is wrong right now, loud on top of the admin's home. It tells how many, and never of whom or what.

An app registers its own in its module `alarms`, which is found by that name. An alarm is gone when the
truth says so: it is looked at each time, and nobody can wave it away.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.admin.ui.components import Component


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is wrong, in a sentence, and the pages of the admin where it is put right, by their names."""

    words: str
    links: tuple[tuple[str, str], ...] = ()


type Lookout = Callable[[], Alarm | None]

_for_superusers: list[Lookout] = []
_for_everyone: list[Lookout] = []


def register_alarm(look: Lookout) -> Lookout:
    """Register the decorated function: it returns what is wrong, or None. Only superusers are told."""
    _for_superusers.append(look)
    return look


def register_alarm_for_everyone(look: Lookout) -> Lookout:
    """Register a function as above, of what editors are told too: it shows in the pages that they write."""
    _for_everyone.append(look)
    return look


def alarms(*, is_for_superuser: bool) -> Iterator[Alarm]:
    """Return what is wrong. What someone is not told is not looked for either."""
    lookouts = [*_for_superusers, *_for_everyone] if is_for_superuser else _for_everyone
    return (alarm for look in lookouts if (alarm := look()))


class AlarmsPanel(Component):
    """What keeps the practice from its work: some for all, and what tells of enquiries for superusers."""

    name = "alarms"
    template_name = "wagtailadmin/home/alarms.html"
    order = 10  # above all else

    def __init__(self, *, is_for_superuser: bool, shows_links: bool) -> None:
        self.is_for_superuser = is_for_superuser
        #: Of someone who may follow them: an Administrator keeps settings, accounts and pages.
        self.shows_links = shows_links

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        shown = list(alarms(is_for_superuser=self.is_for_superuser))
        return {"alarms": shown, "shows_links": self.shows_links}
