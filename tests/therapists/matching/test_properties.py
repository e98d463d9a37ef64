"""What must hold for every visitor and every set of therapists."""

import json
from dataclasses import replace
from itertools import groupby
from math import fsum

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.therapists.matching.strategies import AS_OF, candidates, criteria, pools
from therapists.matching.engine.criteria import CURRENT_WEIGHTS
from therapists.matching.engine.eligibility import EASEABLE, Exclusion, exclusions
from therapists.matching.engine.ordering import rank
from therapists.matching.engine.reasons import ReasonCode, explain
from therapists.matching.engine.scoring import answered, score
from therapists.matching.engine.shortlist import EASES, ENOUGH, NEEDS_AGREEMENT, Rung, shortlist
from therapists.matching.engine.snapshot import RankingInputs, from_plain


@given(criteria(), pools, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(asked, pool, random):
    shuffled = random.sample(pool, len(pool))
    assert shortlist(asked, pool, AS_OF) == shortlist(asked, shuffled, AS_OF)


@given(criteria(), pools, st.data())
def test_adding_a_matching_specialism_never_lowers_ones_own_rank(asked, pool, data):
    assume(pool and asked.concerns)
    improved = data.draw(st.sampled_from(pool))
    concern = data.draw(st.sampled_from(sorted(asked.concerns)))
    better = replace(
        improved,
        specialisms=improved.specialisms | {concern},
        works_with=improved.works_with - {concern},
    )

    def place(of_pool):
        return [ranked.candidate.therapist_id for ranked in rank(asked, of_pool)].index(improved.therapist_id)

    changed = [better if candidate is improved else candidate for candidate in pool]
    assert place(changed) <= place(pool)


@given(criteria(), pools, candidates())
def test_editing_someone_who_may_not_be_suggested_changes_nothing(asked, pool, edited):
    barred = [c for c in pool if not EASEABLE.issuperset(exclusions(asked, c, AS_OF))]
    assume(barred)
    edited = replace(edited, therapist_id=barred[0].therapist_id)
    assume(not EASEABLE.issuperset(exclusions(asked, edited, AS_OF)))
    changed = [edited if candidate is barred[0] else candidate for candidate in pool]
    before, after = shortlist(asked, pool, AS_OF), shortlist(asked, changed, AS_OF)
    assert (after.suggestions, after.offered_easings, after.ranking) == (
        before.suggestions,
        before.offered_easings,
        before.ranking,
    )


@given(criteria(), candidates())
def test_the_contributions_sum_to_the_score(asked, candidate):
    scored = score(asked, candidate)
    assert scored.total == fsum(part.points for part in scored.contributions)
    assert 0 <= scored.total <= 100 + 1e-9
    assert [part.criterion for part in scored.contributions] == answered(asked)


@given(criteria(), pools)
def test_every_reason_stands_on_a_positive_contribution(asked, pool):
    for suggestion in shortlist(asked, pool, AS_OF, agreed=frozenset(Rung)).suggestions:
        points = {part.criterion: part.points for part in suggestion.ranked.score.contributions}
        explanation = explain(asked, suggestion)
        for reason in explanation.reasons:
            assert points[reason.criterion] > 0
        for caution in explanation.cautions:
            assert caution.criterion not in points or points[caution.criterion] < 100


@given(criteria(), pools, st.sets(st.sampled_from(sorted(NEEDS_AGREEMENT))))
def test_nobody_within_the_budget_stands_below_someone_beyond_it(asked, pool, agreed):
    """Neither in the ranking nor among those shown who needed the same easing. It costs others nothing.

    Nor does anyone whose reduced fee is within it stand above someone whose full fee is.
    """
    assume(asked.budget is not None)
    found = shortlist(asked, pool, AS_OF, agreed=frozenset(agreed))
    by_easing = groupby(found.suggestions, key=lambda suggestion: suggestion.eased[-1:])
    orders = [
        [placed.candidate for placed in rank(asked, pool)],
        [placed.candidate for placed in found.ranking],
        *([one.ranked.candidate for one in together] for _eased, together in by_easing),
    ]
    for order in orders:
        covering = [one for one in order if asked.main_concern is None or one.helps_with(asked.main_concern)]
        affordable = [(asked.can_afford(one), asked.can_afford_in_full(one)) for one in covering]
        assert affordable == sorted(affordable, reverse=True)


@given(criteria(), pools)
def test_no_two_statements_about_a_fee_contradict_each_other(asked, pool):
    for suggestion in shortlist(asked, pool, AS_OF, agreed=frozenset(Rung)).suggestions:
        explanation = explain(asked, suggestion)
        said = {one.code for one in (*explanation.reasons, *explanation.cautions)} & {
            ReasonCode.WITHIN_BUDGET,
            ReasonCode.WITHIN_BUDGET_IF_REDUCED,
            ReasonCode.ABOVE_BUDGET,
            ReasonCode.REDUCED_FEE_TO_ASK,
        }
        if asked.budget is None or asked.client_group is None:
            assert not said
            continue
        fee = suggestion.ranked.candidate.fees[asked.client_group]
        if fee.full <= asked.budget:
            assert said == {ReasonCode.WITHIN_BUDGET}
        elif fee.lowest <= asked.budget:
            assert said == {ReasonCode.WITHIN_BUDGET_IF_REDUCED, ReasonCode.REDUCED_FEE_TO_ASK}
        else:
            assert said == {ReasonCode.ABOVE_BUDGET}


UNANSWERED = {
    "concern": {"main_concern": None, "other_concerns": frozenset(), "unsure_since": None},
    "times": {"slots": frozenset()},
    "approach": {"therapies": frozenset()},
    "preferences": {"genders": frozenset(), "languages": frozenset()},
    "start": {"start_by": None, "unsure_since": None},
    "fee": {"budget": None},
}


@pytest.mark.parametrize("silent_on", UNANSWERED)
@given(asked=criteria(), candidate=candidates(), other=candidates())
def test_what_is_not_answered_is_neutral(silent_on, asked, candidate, other):
    """The rest keeps its proportions, and nothing about the silent criterion is read."""
    silent = replace(asked, matters_most=None, **UNANSWERED[silent_on])
    full = replace(asked, matters_most=None)
    parts = {part.criterion: part for part in score(silent, candidate).contributions}
    assert silent_on not in parts
    weight = sum(CURRENT_WEIGHTS.of(criterion) for criterion in parts)
    for part in score(full, candidate).contributions:
        if part.criterion in parts:
            assert parts[part.criterion].fit == part.fit
            assert parts[part.criterion].points == pytest.approx(
                100 * CURRENT_WEIGHTS.of(part.criterion) * part.fit / weight
            )


@given(criteria(), pools, st.sets(st.sampled_from(sorted(NEEDS_AGREEMENT))))
def test_no_essential_and_no_safety_condition_is_ever_broken(asked, pool, agreed):
    found = shortlist(asked, pool, AS_OF, agreed=frozenset(agreed))
    assert len(found.suggestions) <= CURRENT_WEIGHTS.most_suggested
    # Nobody is let in by easing where enough fit without.
    assert len(found.suggestions) <= ENOUGH or not any(one.eased for one in found.suggestions)
    for suggestion in found.suggestions:
        broken = set(exclusions(asked, suggestion.ranked.candidate, AS_OF))
        assert broken == {EASES[rung] for rung in suggestion.eased}
        assert NEEDS_AGREEMENT.intersection(suggestion.eased) <= agreed


@given(criteria(), pools)
def test_an_offered_easing_says_how_many_more_would_fit(asked, pool):
    """Agreeing brings as many as was said, as far as the list is long."""
    before = shortlist(asked, pool, AS_OF)
    for easing in before.offered_easings:
        after = shortlist(asked, pool, AS_OF, agreed=frozenset({easing.rung}))
        expected = min(ENOUGH, len(before.suggestions) + easing.would_add)
        assert len(after.suggestions) == expected


WITHOUT = {
    Exclusion.FORMAT: {"formats": frozenset()},
    Exclusion.LANGUAGE: {"language_is_essential": False},
    Exclusion.GENDER: {"gender_is_essential": False},
    Exclusion.FEE_ABOVE_LIMIT: {"budget_is_firm": False},
    Exclusion.NO_SHARED_TIME: {"only_these_times": False},
}


@given(criteria(), pools)
def test_an_answer_that_could_give_way_says_how_many_would_fit(asked, pool):
    """Only where nobody fits; giving way brings as many as was said, as far as the list is long."""
    before = shortlist(asked, pool, AS_OF)
    assert not (before.suggestions and before.could_give_way)
    said = {answer.exclusion: answer.would_fit for answer in before.could_give_way}
    for exclusion, answers in WITHOUT.items() if not before.suggestions else ():
        after = shortlist(replace(asked, **answers), pool, AS_OF)
        assert len(after.suggestions) == min(CURRENT_WEIGHTS.most_suggested, said.get(exclusion, 0))


@given(criteria(), pools)
def test_everyone_is_either_ranked_or_left_out_for_a_reason(asked, pool):
    found = shortlist(asked, pool, AS_OF)
    ranked = {placed.candidate.therapist_id for placed in found.ranking}
    assert ranked == found.fitting
    excluded = {left_out.therapist_id for left_out in found.excluded}
    assert ranked | excluded == {candidate.therapist_id for candidate in pool}
    assert not ranked & excluded
    assert all(left_out.why for left_out in found.excluded)


@given(criteria(), pools, st.sets(st.sampled_from(sorted(NEEDS_AGREEMENT))))
def test_a_stored_input_gives_the_same_answer_again(asked, pool, agreed):
    inputs = RankingInputs(
        criteria=asked,
        candidates=tuple(pool),
        as_of=AS_OF,
        weights_version=CURRENT_WEIGHTS.version,
        agreed=frozenset(agreed),
    )
    again = from_plain(json.loads(json.dumps(inputs.to_plain())))
    assert again.digest() == inputs.digest()
    assert again.run() == inputs.run()
