"""Visitors and therapists of every shape, for the property tests of the pure core."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from therapists.matching.engine.criteria import Candidate, Criteria, Fee

AS_OF = date(2026, 11, 22)

concern_ids = st.integers(1, 8)
therapy_ids = st.integers(20, 24)
slots = st.tuples(st.integers(0, 6), st.sampled_from(["morning", "afternoon", "evening"]))
genders = st.sampled_from(["woman", "man", "non_binary"])
languages = st.sampled_from(["en", "pl", "cy"])
formats = st.sampled_from(["video", "phone", "text", "in_person"])
groups = st.sampled_from(["individual", "couple"])
days = st.integers(-40, 60).map(lambda offset: AS_OF + timedelta(days=offset))
pounds = st.integers(20, 150).map(Decimal)


def some(values, largest=4):
    return st.frozensets(values, max_size=largest)


@st.composite
def fees(draw):
    full = draw(pounds)
    return Fee(full=full, reduced=draw(st.none() | st.just(full / 2)))


@st.composite
def criteria(draw):
    main = draw(st.none() | concern_ids)
    others = draw(some(concern_ids)) - {main}
    return Criteria(
        draw_key=draw(st.uuids().map(str)),
        main_concern=main,
        other_concerns=others,
        unsure_since=None if main or others else draw(st.sampled_from([None, AS_OF])),
        related_concerns=draw(st.dictionaries(concern_ids, some(concern_ids))),
        therapies=draw(some(therapy_ids)),
        genders=draw(some(genders)),
        gender_is_essential=draw(st.booleans()),
        languages=draw(some(languages)),
        language_is_essential=draw(st.booleans()),
        formats=draw(some(formats)),
        matters_most=draw(st.none() | st.sampled_from(["gender", "language", "approach", "fee"])),
        client_group=draw(st.none() | groups),
        slots=draw(some(slots)),
        only_these_times=draw(st.booleans()),
        start_by=draw(st.none() | days),
        budget=draw(st.none() | pounds),
        budget_is_firm=draw(st.booleans()),
        declined_by=draw(some(st.integers(100, 115), largest=2)),
    )


@st.composite
def candidates(draw):
    specialisms = draw(some(concern_ids))
    works_with = draw(some(concern_ids)) - specialisms
    fully_trained = draw(some(therapy_ids))
    return Candidate(
        therapist_id=draw(st.integers(100, 115)),
        is_published=draw(st.sampled_from([True, True, True, False])),
        registered_until=draw(st.sampled_from([AS_OF + timedelta(days=99)] * 4 + [None, AS_OF])),
        insured_until=draw(st.sampled_from([AS_OF] * 4 + [None, AS_OF - timedelta(days=1)])),
        paused_until=draw(st.sampled_from([None] * 4 + [AS_OF, AS_OF + timedelta(days=3)])),
        specialisms=specialisms,
        works_with=works_with,
        does_not_take=draw(some(concern_ids, largest=1)) - specialisms - works_with,
        fully_trained=fully_trained,
        partly_trained=draw(some(therapy_ids)) - fully_trained,
        gender=draw(genders | st.just("")),
        languages=draw(some(languages)),
        formats=draw(some(formats)),
        fees=draw(st.dictionaries(groups, fees())),
        slots=draw(some(slots)),
        diary_is_confirmed=draw(st.booleans()),
        available_from=draw(st.none() | days),
        places=draw(st.integers(0, 4)),
        places_used=draw(st.integers(0, 3)),
        next_place_on=draw(st.none() | days),
        last_offer_at=draw(
            st.none() | st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 21), timezones=st.just(UTC))
        ),
    )


pools = st.lists(candidates(), max_size=7, unique_by=lambda candidate: candidate.therapist_id)
