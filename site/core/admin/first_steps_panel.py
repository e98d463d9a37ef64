"""The first steps of a new site, on the home of the admin: what is missing before it can open.

An app registers its own in its module `first_steps`, which is found by that name. A step is done when the
truth says so: it is looked at each time, and there is nothing to tick. When all are done, the panel is gone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from wagtail.admin.ui.components import Component
from wagtail.models import Site


@dataclass(frozen=True, slots=True)
class Missing:
    """What a step still lacks, in a sentence, and where in the admin it is done, unless that is elsewhere."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class FirstStep:
    order: int
    title: str | Promise
    #: Return what is missing on this site, or None.
    look: Callable[[Site], Missing | None]


_steps: list[FirstStep] = []


def register_first_step(order: int, title: str | Promise) -> Callable[..., Callable[[Site], Missing | None]]:
    """Register the decorated function as a step: it returns what is missing on a site, or None."""

    def register(look: Callable[[Site], Missing | None]) -> Callable[[Site], Missing | None]:
        _steps.append(FirstStep(order, title, look))
        return look

    return register


def missing_steps(site: Site) -> list[tuple[FirstStep, Missing]]:
    """Return the steps that are not done, in their order, each with what it lacks."""
    looked_at = ((step, step.look(site)) for step in sorted(_steps, key=lambda step: step.order))
    return [(step, missing) for step, missing in looked_at if missing]


class FirstStepsPanel(Component):
    """For administrators: most steps are settings and accounts."""

    name = "first_steps"
    template_name = "wagtailadmin/home/first_steps.html"
    order = 40  # before all that assumes a practice at work

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        site = Site.objects.filter(is_default_site=True).first()
        missing = missing_steps(site) if site else []
        return {"missing": missing, "total": len(_steps), "done": len(_steps) - len(missing)}
