"""Proposals for all who wait, from plain values: what is promised of the assignment, and what is not.

"Nobody waits longer because another's profile was edited" cannot hold word for word: who specialises in what
somebody came with, and whether there is a place, is what decides, and an edit may be true news of it. What
holds, and is tested here, for any edits of any profiles:

- Someone is passed over for a place only by those who count more, and after eleven more days of waiting than
  theirs nothing in any profile does (`test_after_eleven_more_days_no_profile_counts`).
- Whoever loses a proposal because another's profile was edited makes room for somebody who came less than
  eleven days after them (`test_an_edited_profile_costs_less_than_eleven_days`).
- Another day of waiting never costs anyone their proposal (`test_waiting_never_costs_a_proposal`).
- Profiles that somebody could not be proposed to, directly or by way of others who compete for the same
  places, change nothing for them (`test_profiles_out_of_reach_change_nothing`).
"""

import json
from dataclasses import asdict, replace
from datetime import date
from itertools import product
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.therapists.matching.strategies import AS_OF, criteria, pools
from therapists.matching.engine.criteria import CURRENT_WEIGHTS, WEIGHTS_BY_VERSION, Candidate, Criteria
from therapists.matching.engine.eligibility import EASEABLE, exclusions
from therapists.matching.engine.proposals import (
    CURRENT_WORTH,
    FirstBecause,
    NotProposedBecause,
    PlacesOf,
    WaitingForProposal,
    propose,
)
from therapists.matching.engine.shortlist import EASES, Rung
from therapists.matching.engine.snapshot import (
    ProposalInputs,
    WaitingInput,
    candidates_from_plain,
    plain_candidates,
    waiting_from_plain,
)

TODAY = date(2026, 11, 22)
GRIEF, PANIC, EITHER, ONLY_GRIEF = 1, 2, 11, 12
THERAPISTS = range(1, 5)


def waits(draw_key, scores, days=0, choices=None):
    return WaitingForProposal(
        draw_key=draw_key,
        days_waited=days,
        scores=scores,
        choices=len(scores) if choices is None else choices,
    )


@st.composite
def situations(draw):
    """Few therapists and few different scores, so that many compete and many assignments are equal."""
    places = [
        PlacesOf(key, total := draw(st.integers(1, 3)), draw(st.integers(0, total))) for key in THERAPISTS
    ]
    score = st.sampled_from([0.0, 40.0, 86.2, 100.0]) | st.floats(0, 100)
    waiting = [
        waits(
            str(draw(st.uuids())),
            scores := draw(st.dictionaries(st.sampled_from(THERAPISTS), score, max_size=4)),
            days=draw(st.integers(0, 40)),
            choices=len(scores) + draw(st.integers(0, 3)),
        )
        for _ in range(draw(st.integers(0, 5)))
    ]
    return waiting, places


def chosen(found):
    return {one.draw_key: one.therapist_id for one in found.proposals}


def worth(one, places, rule=CURRENT_WORTH):
    return {
        place.therapist_id: rule.proposed
        + rule.day_waited * one.days_waited
        + (rule.few_choices if one.choices <= rule.few else 0)
        + one.scores[place.therapist_id]
        - rule.share_used * place.used / place.places
        for place in places
        if place.therapist_id in one.scores and place.free
    }


@given(situations())
def test_no_other_assignment_is_worth_more_and_the_sum_is_that_of_the_terms(situation):
    waiting, places = situation
    found = propose(waiting, places)
    rows = [worth(one, places) for one in waiting]
    best = 0.0
    for choice in product(*[[None, *row] for row in rows]):
        if all(choice.count(place.therapist_id) <= place.free for place in places):
            best = max(best, sum(row[key] for row, key in zip(rows, choice, strict=True) if key))
    assert found.total == pytest.approx(best, abs=1e-4)
    terms = [asdict(one.terms) for one in found.proposals]
    assert found.total == pytest.approx(fsum(fsum(one.values()) for one in terms), abs=1e-9)
    for one in found.proposals:
        assert one.terms.total == pytest.approx(fsum(asdict(one.terms).values()), abs=1e-9)
    assert len(found.proposals) + len(found.not_proposed) == len(waiting)


@given(situations(), st.randoms())
def test_the_order_of_the_input_changes_nothing(situation, random):
    waiting, places = situation
    found = propose(waiting, places)
    shuffled = [
        replace(one, scores=dict(random.sample(list(one.scores.items()), len(one.scores)))) for one in waiting
    ]
    random.shuffle(shuffled)
    assert propose(shuffled, random.sample(places, len(places))) == found


@given(situations())
def test_after_eleven_more_days_no_profile_counts(situation):
    """Where A is left out and B has a place that A could have had, B counts as much: so A waited at most
    (60 + 100) / 15, less than eleven, days longer than B. The share of places in use is the same for both.
    """
    waiting, places = situation
    found = propose(waiting, places)
    by_key = {one.draw_key: one for one in waiting}
    for left_out in found.not_proposed:
        person = by_key[left_out.draw_key]
        for one in found.proposals:
            if one.therapist_id in person.scores:
                assert one.terms.total >= worth(person, places)[one.therapist_id] - 1e-4
                assert person.days_waited - one.days_waited < 11
        for place in places:
            if place.free and place.therapist_id in person.scores:
                assert list(chosen(found).values()).count(place.therapist_id) == place.free


@given(situations(), st.data())
def test_an_edited_profile_costs_less_than_eleven_days(situation, data):
    """Whom a therapist takes, and how well they fit, changes for somebody to whom they were not proposed."""
    waiting, places = situation
    before = chosen(propose(waiting, places))
    edited = data.draw(st.sampled_from(THERAPISTS))
    later = []
    for one in waiting:
        others = {key: score for key, score in one.scores.items() if key != edited}
        now = data.draw(st.none() | st.sampled_from([0.0, 86.2, 100.0]))
        scores = others if now is None else {**others, edited: now}
        gained = (edited in scores) - (edited in one.scores)
        later.append(replace(one, scores=scores, choices=one.choices + gained))
    found = propose(later, places)
    waited = {one.draw_key: one.days_waited for one in waiting}
    for lost in before.keys() - chosen(found).keys():
        if before[lost] != edited:
            took = [key for key, therapist in chosen(found).items() if therapist == before[lost]]
            assert took
            assert all(waited[lost] - waited[key] < 11 for key in took)


def test_whoever_waits_eleven_days_longer_keeps_a_place_that_another_falls_back_on():
    """A therapist edits their profile, and somebody who could have gone there wants the place of another."""
    places = [PlacesOf(1, 1, 0), PlacesOf(2, 1, 0)]
    patient, new = waits("patient", {1: 0.0}, days=11, choices=9), waits("new", {1: 100.0, 2: 100.0})
    assert chosen(propose([patient, new], places)) == {"patient": 1, "new": 2}
    edited = replace(new, scores={1: 100.0}, choices=1)
    assert chosen(propose([patient, edited], places)) == {"patient": 1}
    sooner = replace(patient, days_waited=10)
    assert chosen(propose([sooner, edited], places)) == {"new": 1}


@given(situations(), st.integers(1, 30))
def test_waiting_never_costs_a_proposal(situation, days):
    waiting, places = situation
    found = propose(waiting, places)
    for number, person in enumerate(waiting):
        later = [*waiting]
        later[number] = replace(person, days_waited=person.days_waited + days)
        if person.draw_key in chosen(found):
            assert person.draw_key in chosen(propose(later, places))


@given(situations(), situations())
def test_profiles_out_of_reach_change_nothing(here, elsewhere):
    waiting, places = here
    others, their_places = elsewhere
    apart = [
        replace(one, draw_key=f"x{one.draw_key}", scores={key + 10: at for key, at in one.scores.items()})
        for one in others
    ]
    their_places = [replace(one, therapist_id=one.therapist_id + 10) for one in their_places]
    alone, together = propose(waiting, places), propose([*waiting, *apart], [*places, *their_places])
    assert together.proposals[: len(alone.proposals)] == alone.proposals
    assert set(alone.not_proposed) <= set(together.not_proposed)


def test_the_early_enquiry_leaves_the_only_place_to_the_one_that_needs_it():
    both = PlacesOf(EITHER, 1, 0)
    grief = PlacesOf(ONLY_GRIEF, 2, 1)
    early = waits("a", {EITHER: 100.0, ONLY_GRIEF: 90.0}, days=3, choices=7)
    needs = waits("b", {EITHER: 80.0}, days=1, choices=2)
    found = propose([early, needs], [both, grief])
    assert chosen(found) == {"a": ONLY_GRIEF, "b": EITHER}
    first, second = found.proposals
    assert (first.because, first.rivals, first.worth_more) == (FirstBecause.UNCONTESTED, 0, 1)
    assert asdict(second.terms) == {
        "proposed": 1000,
        "waited": 15,
        "few_choices": 60,
        "fit": 80.0,
        "share_used": 0.0,
    }
    assert (second.because, second.rivals, second.choices) == (FirstBecause.FEW_CHOICES, 1, 2)
    assert first.terms.share_used == -12.5
    assert found.total == 1000 + 45 + 90 - 12.5 + 1155


def test_for_one_place_few_choices_count_like_four_days():
    place = [PlacesOf(1, 1, 0)]
    couple = waits("couple", {1: 70.0}, days=0, choices=4)
    assert set(chosen(propose([couple, waits("x", {1: 70.0}, 3, choices=5)], place))) == {"couple"}
    found = propose([couple, waits("x", {1: 70.0}, 5, choices=5)], place)
    assert set(chosen(found)) == {"x"}
    assert found.proposals[0].because == FirstBecause.WAITED
    assert found.not_proposed[0].because == NotProposedBecause.OTHERS_FIRST


def test_whom_a_visitor_picked_comes_first_while_they_have_a_place():
    asks = replace(waits("a", {1: 95.0, 2: 60.0}), picked=2)
    assert chosen(propose([asks], [PlacesOf(1, 2, 0), PlacesOf(2, 2, 1)])) == {"a": 2}
    assert chosen(propose([asks], [PlacesOf(1, 2, 0), PlacesOf(2, 2, 2)])) == {"a": 1}


def test_equals_are_drawn_and_the_draw_is_not_a_key():
    alike = dict.fromkeys(range(1, 9), 90.0)
    places = [PlacesOf(key, 4, 1) for key in alike]
    drawn = {next(iter(chosen(propose([waits(f"draw {n}", alike)], places)).values())) for n in range(40)}
    assert len(drawn) > 4


CANDIDATE = Candidate(
    therapist_id=1, registered_until=TODAY, insured_until=TODAY, specialisms=frozenset({GRIEF}), places=1
)


def run(waiting, candidates):
    return ProposalInputs(
        waiting=tuple(waiting),
        candidates=tuple(candidates),
        as_of=TODAY,
        weights_version=CURRENT_WEIGHTS.version,
        worth_version=CURRENT_WORTH.version,
    ).run()


def test_who_could_ever_take_them_counts_those_without_a_place_or_paused():
    asks = Criteria(draw_key="a", main_concern=GRIEF, languages=frozenset({"pl"}), language_is_essential=True)
    speaks = replace(CANDIDATE, languages=frozenset({"pl", "en"}))
    candidates = [
        CANDIDATE,
        speaks,
        replace(speaks, therapist_id=2, places_used=1),
        replace(speaks, therapist_id=3, paused_until=date(2027, 1, 1)),
        replace(speaks, therapist_id=4, insured_until=None),
    ]
    [proposal] = run([WaitingInput(criteria=asks, days_waited=0)], candidates).proposals
    assert (proposal.therapist_id, proposal.choices) == (1, 3)
    [left] = run([WaitingInput(criteria=asks, days_waited=0)], candidates[2:]).not_proposed
    assert left.because == NotProposedBecause.NO_PLACE_TODAY
    [left] = run([WaitingInput(criteria=asks, days_waited=0)], candidates[:1]).not_proposed
    assert left.because == NotProposedBecause.NO_ONE_FITS


inputs = st.builds(
    ProposalInputs,
    waiting=st.lists(
        st.builds(
            WaitingInput,
            criteria=criteria(),
            days_waited=st.integers(0, 60),
            agreed=st.sampled_from([frozenset(), frozenset({Rung.REDUCED_FEE})]),
            picked=st.none() | st.integers(100, 115),
        ),
        max_size=5,
        unique_by=lambda one: one.criteria.draw_key,
    ).map(tuple),
    candidates=pools.map(tuple),
    as_of=st.just(AS_OF),
    weights_version=st.sampled_from(sorted(WEIGHTS_BY_VERSION)),
    worth_version=st.just(CURRENT_WORTH.version),
)


@given(inputs)
def test_no_essential_is_broken_no_place_given_twice_and_json_replays(given_inputs):
    found = given_inputs.run()
    asked = {one.criteria.draw_key: one for one in given_inputs.waiting}
    known = {one.therapist_id: one for one in given_inputs.candidates}
    for key, candidate in known.items():
        taken = list(chosen(found).values()).count(key)
        assert taken <= max(0, candidate.places - candidate.places_used)
    for one in found.proposals:
        broken = set(exclusions(asked[one.draw_key].criteria, known[one.therapist_id], AS_OF))
        assert broken <= EASEABLE
        if Rung.REDUCED_FEE not in asked[one.draw_key].agreed:
            assert "fee_above_limit" not in broken
        assert not {"no_shared_time", "no_place"} & broken
        assert one.choices > 0
        assert {EASES[rung] for rung in one.eased} == broken
    kept = json.loads(
        json.dumps(
            {
                "waiting": [one.to_plain() for one in reversed(given_inputs.waiting)],
                "candidates": plain_candidates(reversed(given_inputs.candidates)),
            }
        )
    )
    again = replace(
        given_inputs,
        waiting=tuple(waiting_from_plain(one) for one in kept["waiting"]),
        candidates=candidates_from_plain(kept["candidates"]),
    )
    assert again.run() == found
    assert again.digest() == given_inputs.digest()
