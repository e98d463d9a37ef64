"""A made-up practice whose truth is known, because it is made here: what profiles show of it is noisy.

How the truth is made:

- Each therapist has a hidden skill for each of 14 concerns, drawn from a beta(1, 1.5) distribution. The
  profile names as specialisms the six that look strongest through noise (standard deviation 0.25).
- Each visitor draws how much they care for skill, times, approach, wishes, start and fee.
- The value of a pair is the mean of how far the therapist meets each of these, weighed by what the visitor
  cares for, plus a chance of getting on that nothing foretells (normal around 0, standard deviation
  `CHANCE`). Where an essential is broken it is nothing.

We chose these numbers, `CHANCE` and the spread of skill among them; they were measured nowhere. And the
truth is made of the features that the scorer looks at, in the same shapes for times, start and fee. So the
figures compare policies with one another in this world. They say nothing of how well people are matched in
a real practice. `make bench-matching` shows how they move with the chance, and
docs/decisions/matching-benchmark.md what that means.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from numpy.random import Generator

from therapists.enums import ClientGroup, DayPart, Gender, Language, SessionFormat
from therapists.matching.engine.criteria import Candidate, Criteria, Fee

AS_OF = date(2026, 11, 22)
THERAPISTS, CONCERNS, APPROACHES = 24, 14, 8
BLOCKS = 3
MOST_SPECIALISMS, MOST_WORKED_WITH = 6, 6
PROFILE_NOISE = 0.25
#: How far chance moves the true value of a pair, which is otherwise between 0 and 1: its standard deviation.
CHANCE = 0.06
#: Here a random choice reaches 66 % of the optimum, as in an earlier prototype with a truth of its own.
CALIBRATED_CHANCE = 0.11
#: To see what hangs on that choice.
CHANCES = (0.0, 0.03, CHANCE, CALIBRATED_CHANCE, 0.15, 0.2, 0.3)
#: How much visitors care for each thing on average. Each visitor draws their own.
CARES = {"skill": 8, "times": 3.5, "approach": 2.5, "wishes": 2.5, "start": 2, "fee": 1.5}
SLOTS = [(day, str(part)) for day in range(7) for part in DayPart]
FAR_AWAY = AS_OF + timedelta(days=999)


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


def make_therapists(random: Generator) -> list[Therapist]:
    return [_therapist(random, number) for number in range(THERAPISTS)]


def make_visitors(random: Generator, number: int, chance: float = CHANCE) -> list[Visitor]:
    return [_visitor(random, f"{key}", chance) for key in range(number)]


def inflated(therapist: Therapist) -> Therapist:
    """The same therapist with a profile that claims to specialise in everything."""
    everything = frozenset(range(CONCERNS))
    profile = replace(therapist.profile, specialisms=everything, works_with=frozenset())
    return replace(therapist, profile=profile)


def true_values(visitor: Visitor, therapists: Sequence[Therapist]) -> np.ndarray:
    """What meeting each therapist would truly be worth to this visitor; nothing where an essential breaks."""
    return np.array([_true_value(visitor, one, index) for index, one in enumerate(therapists)])


def breaks_essential(asks: Criteria, profile: Candidate) -> bool:
    return bool(
        (asks.gender_is_essential and profile.gender not in asks.genders)
        or (asks.language_is_essential and not asks.languages & profile.languages)
        or not asks.formats & profile.formats
        or asks.client_group not in profile.fees
        or asks.concerns & profile.does_not_take
    )


def _therapist(random: Generator, number: int) -> Therapist:
    skill = random.beta(1, 1.5, CONCERNS)
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
        fees={ClientGroup.INDIVIDUAL.value: Fee(full=Decimal(int(random.integers(45, 86))))},
        slots=frozenset(SLOTS[index] for index in random.choice(len(SLOTS), size=8, replace=False)),
        diary_is_confirmed=bool(random.random() < 0.8),
        available_from=AS_OF + timedelta(days=int(random.integers(0, 29))),
        places=int(random.integers(1, 5)),
    )
    return Therapist(profile, skill, years=int(random.integers(3, 31)))


def _visitor(random: Generator, key: str, chance: float) -> Visitor:
    concerns = [int(concern) for concern in random.choice(CONCERNS, size=3, replace=False)]
    others = concerns[1 : 1 + int(random.integers(0, 3))]
    wishes_gender = random.random() < 0.5
    other_language = random.random() < 0.08
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
        client_group=ClientGroup.INDIVIDUAL.value,
        slots=frozenset(SLOTS[index] for index in random.choice(len(SLOTS), size=6, replace=False)),
        start_by=AS_OF + timedelta(days=int(random.choice([7, 14, 28]))),
        budget=Decimal(int(random.integers(45, 91))),
    )
    cares = random.dirichlet(list(CARES.values()))
    return Visitor(asks, dict(zip(CARES, cares, strict=True)), random.normal(0, chance, THERAPISTS))


def _true_value(visitor: Visitor, therapist: Therapist, index: int) -> float:
    asks, profile = visitor.asks, therapist.profile
    if breaks_essential(asks, profile):
        return 0.0
    others = [therapist.skill[concern] for concern in asks.other_concerns]
    skill = therapist.skill[asks.main_concern]
    if others:
        skill = 0.6 * skill + 0.4 * float(np.mean(others))
    late = (profile.available_from - asks.start_by).days
    dearer = float(profile.fees["individual"].full / asks.budget) - 1
    features = {
        "skill": skill,
        "times": min(1.0, len(asks.slots & profile.slots) / 2),
        "start": min(1.0, max(0.0, 1 - late / 28)),
        "fee": min(1.0, max(0.0, 1 - dearer / 0.25)),
    }
    if asks.therapies:
        features["approach"] = float(bool(asks.therapies & profile.fully_trained))
    wishes = [
        *([profile.gender in asks.genders] if asks.genders else []),
        *([bool(asks.languages & profile.languages)] if asks.languages else []),
    ]
    if wishes:
        features["wishes"] = float(np.mean(wishes))
    worth = sum(visitor.tastes[name] * fit for name, fit in features.items())
    return max(0.0, worth / sum(visitor.tastes[name] for name in features) + float(visitor.alliance[index]))
