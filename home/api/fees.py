"""How the API shows fees in figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypedDict

from wagtail.models import Site

from core.caching.surrogate_keys import answer_keys, type_key
from core.content_api.representation.answer_types import Money, attribute_docstrings
from core.content_api.representation.block_values import part, represents
from core.content_api.representation.deferred import Deferred, DeferredLoader, Stage
from home.blocks import FeesBlock
from home.fee_figures import fee_figures


@attribute_docstrings
class GroupFeesAnswer(TypedDict):
    """What those who see one kind of client ask for a session, in pounds."""

    group: str
    label: str
    therapists: int
    """How many there are."""
    lowest: Money
    highest: Money
    with_reduced_fee: int
    """How many of them keep places at a reduced fee."""
    lowest_reduced: Money | None
    shortest_minutes: int
    longest_minutes: int


@dataclass(frozen=True)
class FeeFigures(Deferred[list[GroupFeesAnswer]]):
    """The figures of the request's site. They change with its therapists."""

    stage: ClassVar[Stage] = Stage.TABLES

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: DeferredLoader) -> Mapping[Self, list[GroupFeesAnswer]]:
        answer_keys(loader.request).add(type_key("therapists.TherapistPage"))
        answers: list[GroupFeesAnswer] = [
            {
                "group": fees.group,
                "label": fees.label,
                "therapists": fees.therapists,
                "lowest": f"{fees.lowest:.2f}",
                "highest": f"{fees.highest:.2f}",
                "with_reduced_fee": fees.with_reduced_fee,
                "lowest_reduced": None if fees.lowest_reduced is None else f"{fees.lowest_reduced:.2f}",
                "shortest_minutes": fees.shortest_minutes,
                "longest_minutes": fees.longest_minutes,
            }
            for fees in fee_figures(Site.find_for_request(loader.request))
        ]
        return dict.fromkeys(deferred, answers)


@attribute_docstrings
class FeesValue(TypedDict):
    """What sessions cost, made from the published profiles at the time."""

    heading: str
    introduction: str
    groups: FeeFigures
    """In the order of the kinds of client. Kinds that nobody sees are left out."""


@represents(FeesBlock)
def _(block: FeesBlock, stored: Any) -> FeesValue:
    return {
        "heading": part(block, stored, "heading") or "",
        "introduction": part(block, stored, "introduction") or "",
        "groups": FeeFigures(),
    }
