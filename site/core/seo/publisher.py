"""Who publishes the site, for search engines, feeds and shared links.

The records of the publisher belong to an app above this one, which registers in `ready()` how they are read.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.models import PracticeImage


@dataclass(frozen=True, slots=True)
class Publisher:
    name: str
    strapline: str = ""
    email: str = ""
    telephone: str = ""
    #: Shown with links to pages that have no picture of their own. It must be one that everyone may see.
    picture: PracticeImage | None = None


type PublisherOf = Callable[[HttpRequest], Publisher]

_registered: list[PublisherOf] = []


def register_publisher(read: PublisherOf) -> None:
    """Set how the publisher of a request's site is read. The last registration counts."""
    _registered[:] = [read]


def publisher_of(request: HttpRequest) -> Publisher:
    """Return who publishes the site that answers this request."""
    return _registered[0](request) if _registered else Publisher(name=_("Our practice"))
