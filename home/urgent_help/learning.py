"""Learns from examples how much each word speaks for a need of urgent help, and for each kind of it.

Multinomial logistic regression with a penalty on large weights, by accelerated gradient descent. In plain
Python, a few thousand sentences take less than a minute, and no library of numbers is installed for it.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from home.urgent_help.example_sentences import Example
from home.urgent_help.groups import HelpGroup
from home.urgent_help.sentences import sentences
from home.urgent_help.vocabulary import Vocabulary
from home.urgent_help.weighing import traits_of

#: How many examples must have a trait for it to be weighed.
FEWEST_EXAMPLES = 2
#: The larger, the closer the weights follow the examples.
FREEDOM = 30.0


@dataclass(frozen=True)
class Pace:
    rounds: int
    step: float


#: Whether there is a need decides what people see, so it is learnt to the end.
NEED = Pace(rounds=600, step=4.0)
KINDS = Pace(rounds=300, step=2.0)

type Column = list[float]


@dataclass(frozen=True)
class Examples:
    """Which example has which trait, both by number. Trait 0 is in every example."""

    traits: list[list[int]]
    having: list[list[int]]
    #: By example, what each of its traits counts: fewer count more.
    share: list[float]


def learn(examples: Sequence[Example], vocabulary: Vocabulary) -> dict[str, list[float]]:
    """Return by trait how much it speaks for a need of help, and then for each group, in their order.

    The empty trait is how usual each of these is.
    """
    read = [(group, traits) for group, text in examples if (traits := _traits(text, vocabulary))]
    counts = Counter(trait for _group, traits in read for trait in traits)
    kept = ["", *sorted(trait for trait, count in counts.items() if count >= FEWEST_EXAMPLES)]
    number = {trait: index for index, trait in enumerate(kept)}
    everyone = [
        (group, [number[trait] for trait in sorted(traits) if trait in number]) for group, traits in read
    ]
    in_need = [(group, traits) for group, traits in everyone if group]
    [need] = _weights(
        [(group is not None, traits) for group, traits in everyone], (True,), len(kept), NEED, none=1.0
    )
    columns = [need, *_weights(in_need, tuple(HelpGroup), len(kept), KINDS)]
    return {trait: [column[index] for column in columns] for trait, index in number.items()}


def _weights[Kind](
    examples: Sequence[tuple[Kind, list[int]]],
    kinds: Sequence[Kind],
    size: int,
    pace: Pace,
    *,
    none: float = 0.0,
) -> list[Column]:
    """Return the weights for each kind; with `none`, an example may be of none of them, at these odds."""
    wanted = [[float(kind == one) for one, _traits in examples] for kind in kinds]
    return _descend(_numbered([traits for _kind, traits in examples], size), wanted, pace, none)


def _traits(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset[str]().union(*(traits_of(vocabulary.read(words)) for words in sentences(text)))


def _numbered(traits: list[list[int]], size: int) -> Examples:
    having: list[list[int]] = [[] for _ in range(size)]
    for example, numbers in enumerate(traits):
        for trait in numbers:
            having[trait].append(example)
    return Examples(traits, having, [1 / math.sqrt(max(1, len(numbers))) for numbers in traits])


def _descend(examples: Examples, wanted: list[Column], pace: Pace, none: float) -> list[Column]:
    weights = [[0.0] * len(examples.having) for _ in wanted]
    before = weights
    for turn in range(pace.rounds):
        push = turn / (turn + 3)
        ahead = [
            [now + push * (now - then) for now, then in zip(*pair, strict=True)]
            for pair in zip(weights, before, strict=True)
        ]
        odds = [_odds(examples, column) for column in ahead]
        totals = [none + sum(each) for each in zip(*odds, strict=True)]
        before = weights
        weights = [
            _stepped(
                examples,
                column,
                [odd / total - want for odd, total, want in zip(*each, strict=True)],
                pace.step,
            )
            for column, *each in zip(ahead, odds, [totals] * len(odds), wanted, strict=True)
        ]
    return weights


def _odds(examples: Examples, column: Column) -> Column:
    return [
        math.exp(column[0] + share * sum(map(column.__getitem__, traits)))
        for share, traits in zip(examples.share, examples.traits, strict=True)
    ]


def _stepped(examples: Examples, column: Column, errors: Column, step: float) -> Column:
    """Go one step against what was wrong. How usual a group is has no penalty."""
    count = len(errors)
    shared = [error * share for error, share in zip(errors, examples.share, strict=True)]
    slopes = [sum(map(shared.__getitem__, having)) for having in examples.having]
    slopes[0] = sum(errors)
    kept = 1 - step / (FREEDOM * count)
    return [
        column[0] - step * slopes[0] / count,
        *(kept * weight - step * slope / count for weight, slope in zip(column[1:], slopes[1:], strict=True)),
    ]
