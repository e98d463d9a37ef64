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
    #: Editors are told too: it shows in the pages that they write.
    is_for_everyone: bool = False


_lookouts: list[Callable[[], Alarm | None]] = []


def register_alarm(look: Callable[[], Alarm | None]) -> Callable[[], Alarm | None]:
    """Register the decorated function: it returns what is wrong, or None."""
    _lookouts.append(look)
    return look


def alarms() -> Iterator[Alarm]:
    return (alarm for look in _lookouts if (alarm := look()))


class AlarmsPanel(Component):
    """For administrators, who can put right what keeps the practice from its work; some of it for all."""

    name = "alarms"
    template_name = "wagtailadmin/home/alarms.html"
    order = 10  # above all else

    def __init__(self, *, is_for_administrator: bool) -> None:
        self.is_for_administrator = is_for_administrator

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        shown = [alarm for alarm in alarms() if self.is_for_administrator or alarm.is_for_everyone]
        return {"alarms": shown, "shows_links": self.is_for_administrator}
