"""A made-up practice: therapists with a hidden skill and a noisy profile, visitors with hidden tastes.

- Each therapist has a skill for each of 14 concerns, drawn from a beta(1, 1.5) distribution. The profile
  names as specialisms the six that look strongest through noise (standard deviation 0.25).
- Each visitor draws how much they care for skill, times, approach, wishes, start and fee.

What their meeting is worth is in `truth.py`.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from math import erf, sqrt

import numpy as np
from numpy.random import Generator

from tests.benchmarks.matching.worlds import APPROACHES, CONCERNS, FAMILIES, SLOTS, THERAPISTS, World
from therapists.enums import ClientGroup, Gender, Language, SessionFormat
from therapists.matching.engine.criteria import Candidate, Criteria, Fee

AS_OF = date(2026, 11, 22)
MOST_SPECIALISMS, MOST_WORKED_WITH = 6, 6
PROFILE_NOISE = 0.25
#: The second parameter of the beta distribution of skill; the first is 1.
SKILL_SHAPE = 1.5
#: How much visitors care for each thing on average. Each visitor draws their own.
CARES = {"skill": 8, "times": 3.5, "approach": 2.5, "wishes": 2.5, "start": 2, "fee": 1.5}
#: Who cares for the fee less than half as much as people do on average leaves it empty, as the form says.
FEE_MATTERS_LITTLE = CARES["fee"] / sum(CARES.values()) / 2
FAR_AWAY = AS_OF + timedelta(days=9999)


@dataclass(frozen=True)
class Therapist:
    profile: Candidate
    skill: np.ndarray
    years: int


@dataclass(frozen=True)
class Visitor:
    asks: Criteria
    #: How much this visitor truly cares for each thing.
    tastes: dict[str, float]
    #: With each therapist: what no profile shows.
    alliance: np.ndarray


def make_therapists(random: Generator, world: World, number: int = THERAPISTS) -> list[Therapist]:
    return [_therapist(random, world, index) for index in range(number)]


def make_visitors(random: Generator, world: World, number: int) -> list[Visitor]:
    return [make_visitor(random, world, f"{key}") for key in range(number)]


def inflated(therapist: Therapist) -> Therapist:
    """Return the same therapist with a profile that claims to specialise in everything."""
    everything = frozenset(range(CONCERNS))
    profile = replace(therapist.profile, specialisms=everything, works_with=frozenset())
    return replace(therapist, profile=profile)


def _skill(random: Generator, world: World) -> np.ndarray:
    """Return a skill for each concern: the more is general or the family's, the more they go together."""
    if not world.general_skill and not world.family_skill:
        return random.beta(1, SKILL_SHAPE, CONCERNS)
    own = 1 - world.general_skill - world.family_skill
    families = random.normal(size=FAMILIES)[np.arange(CONCERNS) % FAMILIES]
    normal = (
        sqrt(world.general_skill) * random.normal()
        + sqrt(world.family_skill) * families
        + sqrt(own) * random.normal(size=CONCERNS)
    )
    shares_below = np.array([(1 + erf(one / sqrt(2))) / 2 for one in normal])
    return 1 - (1 - shares_below) ** (1 / SKILL_SHAPE)


def _therapist(random: Generator, world: World, number: int) -> Therapist:
    skill = _skill(random, world)
    looks = np.argsort(-(skill + random.normal(0, PROFILE_NOISE, CONCERNS)))
    refused = [int(concern) for concern in looks[-1:] if random.random() < 0.3]
    approaches = random.choice(APPROACHES, size=3, replace=False)
    languages = {Language.ENGLISH.value}
    if random.random() < 0.25:
        languages.add(str(random.choice([Language.POLISH.value, Language.URDU.value])))
    profile = Candidate(
        therapist_id=number,
        registered_until=FAR_AWAY,
        insured_until=FAR_AWAY,
        specialisms=frozenset(int(concern) for concern in looks[:MOST_SPECIALISMS]),
        works_with=frozenset(
            int(concern) for concern in looks[MOST_SPECIALISMS : MOST_SPECIALISMS + MOST_WORKED_WITH]
        ),
        does_not_take=frozenset(refused),
        fully_trained=frozenset(int(approach) for approach in approaches[:2]),
        partly_trained=frozenset(int(approach) for approach in approaches[2:]),
        gender=str(random.choice([Gender.WOMAN.value, Gender.MAN.value], p=[0.65, 0.35])),
        languages=frozenset(languages),
        formats=frozenset(
            {SessionFormat.VIDEO.value} | ({SessionFormat.PHONE.value} if random.random() < 0.5 else set())
        ),
        fees=_fees(random, world),
        slots=_slots(random, world, 8, world.evenings_offered),
        diary_is_confirmed=bool(random.random() < 0.8),
        available_from=AS_OF + timedelta(days=int(random.integers(0, 29))),
        places=world.places[int(random.integers(len(world.places)))],
    )
    therapist = Therapist(profile, skill, years=int(random.integers(3, 31)))
    return inflated(therapist) if _happens(random, world.over_claimers) else therapist


def _fees(random: Generator, world: World) -> dict[str, Fee]:
    fee = int(random.integers(45, 86))
    fees = {ClientGroup.INDIVIDUAL.value: Fee(full=Decimal(fee))}
    if _happens(random, world.therapists_for_couples):
        fees[ClientGroup.COUPLE.value] = Fee(full=Decimal(fee + 20))
    return fees


def make_visitor(random: Generator, world: World, key: str) -> Visitor:
    concerns = [int(concern) for concern in random.choice(CONCERNS, size=3, replace=False)]
    others = concerns[1 : 1 + int(random.integers(0, 3))]
    wishes_gender = random.random() < 0.5
    other_language = random.random() < 0.08
    is_couple = _happens(random, world.couples)
    asks = Criteria(
        draw_key=key,
        main_concern=concerns[0],
        other_concerns=frozenset(others),
        therapies=frozenset({int(random.integers(APPROACHES))} if random.random() < 0.4 else ()),
        genders=frozenset(
            {str(random.choice([Gender.WOMAN.value, Gender.MAN.value], p=[0.75, 0.25]))}
            if wishes_gender
            else ()
        ),
        gender_is_essential=bool(wishes_gender and random.random() < 0.3),
        languages=frozenset({Language.POLISH.value} if other_language else ()),
        language_is_essential=bool(other_language and random.random() < 0.5),
        formats=frozenset({SessionFormat.VIDEO.value, SessionFormat.PHONE.value}),
        client_group=ClientGroup.COUPLE.value if is_couple else ClientGroup.INDIVIDUAL.value,
        slots=_slots(random, world, 6, world.evenings_asked),
        start_by=AS_OF + timedelta(days=int(random.choice([7, 14, 28]))),
        budget=Decimal(int(random.integers(45, 91)) + (20 if is_couple else 0)),
    )
    tastes = dict(zip(CARES, random.dirichlet(list(CARES.values())), strict=True))
    if tastes["fee"] < FEE_MATTERS_LITTLE:
        asks = replace(asks, budget=None)
    return Visitor(asks, tastes, random.normal(0, world.chance, THERAPISTS))


def _slots(random: Generator, world: World, number: int, evenings: float) -> frozenset[tuple[int, str]]:
    chances = None if evenings == 1 else world.slot_chances(evenings)
    return frozenset(
        SLOTS[index] for index in random.choice(len(SLOTS), size=number, replace=False, p=chances)
    )


def _happens(random: Generator, share: float) -> bool:
    """Draw only where it can go either way: a world without couples draws as if there were none."""
    return bool(share and random.random() < share)
