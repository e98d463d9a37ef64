"""The made-up worlds that policies are compared in: how therapists, profiles and visitors come about.

Every number here was chosen by us and measured nowhere. The first world is the simple one. In the second,
things go together as they may in a real practice: who is skilled in one concern is more often skilled in
others, some profiles claim everything, a few therapists have most of the places, and evenings are what
visitors ask for and therapists rarely have.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from therapists.enums import DayPart

THERAPISTS, CONCERNS, APPROACHES = 24, 14, 8
#: Concerns of one family, such as low mood, grief and loneliness, are the same modulo this number.
FAMILIES = 3
SLOTS = [(day, str(part)) for day in range(7) for part in DayPart]
#: How far chance moves the true value of a pair, which is otherwise between 0 and 1: its standard deviation.
CHANCE = 0.06
#: Getting on with one another counts for more than all that a form can ask.
LARGE_CHANCE = 0.3


@dataclass(frozen=True, kw_only=True)
class World:
    """`chance`: see `CHANCE`. The other numbers are shares between 0 and 1."""

    name: str
    chance: float = CHANCE
    #: How much of a skill is a therapist's general one, and how much that of the concern's family.
    general_skill: float = 0.0
    family_skill: float = 0.0
    over_claimers: float = 0.0
    #: Drawn from for each therapist, with equal chances: places in four weeks.
    places: tuple[int, ...] = (1, 2, 3, 4)
    #: An evening's weight beside another part of a day, for therapists who offer and visitors who ask.
    evenings_offered: float = 1.0
    evenings_asked: float = 1.0
    couples: float = 0.0
    therapists_for_couples: float = 0.0

    def with_chance(self, chance: float) -> Self:
        return replace(self, chance=chance)

    def slot_chances(self, evenings: float) -> np.ndarray:
        """Return how likely each of `SLOTS` is, where an evening weighs `evenings` times another slot."""
        weights = np.array([evenings if part == DayPart.EVENING else 1.0 for _, part in SLOTS])
        return weights / weights.sum()


INDEPENDENT = World(name="independent")
TOGETHER = World(
    name="things go together",
    general_skill=0.3,
    family_skill=0.3,
    over_claimers=0.3,
    places=(1, 1, 1, 2, 2, 2, 3, 8),
    evenings_offered=0.3,
    evenings_asked=3.0,
)
#: A practice that goes on: couples, and few therapists who see them.
ROLLING = replace(TOGETHER, name="rolling", couples=0.15, therapists_for_couples=0.35)
