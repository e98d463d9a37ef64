"""What sessions cost, in figures, for pages about fees.

The fees belong to an app above this one, which registers in `ready()` how the figures are read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from wagtail.models import Site


def in_pounds(amount: Decimal) -> str:
    """Return the amount as people write it: “£60”, or “£47.50” with pence."""
    return f"£{amount:.0f}" if amount == amount.to_integral_value() else f"£{amount:.2f}"


@dataclass(frozen=True, slots=True)
class GroupFees:
    """What those who see one kind of client ask for a session, in pounds."""

    #: The key of the kind of client, and its name.
    group: str
    label: str
    therapists: int
    lowest: Decimal
    highest: Decimal
    #: How many of them keep places at a reduced fee, and the lowest of those fees; None without any.
    with_reduced_fee: int
    lowest_reduced: Decimal | None
    shortest_minutes: int
    longest_minutes: int

    @property
    def in_pounds(self) -> str:
        """The range, or the one fee that all ask."""
        lowest, highest = in_pounds(self.lowest), in_pounds(self.highest)
        return lowest if lowest == highest else _("%(low)s to %(high)s") % {"low": lowest, "high": highest}

    @property
    def lowest_reduced_in_pounds(self) -> str:
        return "" if self.lowest_reduced is None else in_pounds(self.lowest_reduced)


type FeesOf = Callable[[Site], Sequence[GroupFees]]

_registered: list[FeesOf] = []


def register_fee_figures(read: FeesOf) -> None:
    """Set how the figures of a site are read. The last registration counts."""
    _registered[:] = [read]


def fee_figures(site: Site | None) -> Sequence[GroupFees]:
    """Return the figures of a site for each kind of client that anybody sees, in the order of the choices."""
    return _registered[0](site) if site and _registered else []
