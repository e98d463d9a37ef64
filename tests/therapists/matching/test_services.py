"""Loading therapists from the database, and runs that can be made again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.caching.content_memory import answering
from tests.factories.enquiries import EnquiryAnswersFactory, NewEnquiryFactory
from tests.factories.therapists import TherapistPageFactory
from tests.tables import names_of, tables_read
from therapists.enquiries.free_times import workloads
from therapists.enquiries.models import Offer, OfferState
from therapists.enquiries.services.submit import receive_enquiry
from therapists.enquiries.working_time import working_time
from therapists.enums import ConcernLevel
from therapists.matching.engine.eligibility import Exclusion
from therapists.matching.engine.snapshot import from_plain
from therapists.matching.inputs.candidates import DEPENDS_ON, candidates_on, load_candidates, unbooked_on
from therapists.matching.services import ReplayDiffers, find_match, rank_again, replay
from therapists.models import Absence, Availability, TherapistConcern, TherapistPrivate

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def answers(practice, **kwargs):
    return EnquiryAnswersFactory(concerns=(practice.grief.pk,), genders=(), **kwargs)


def match(practice, **kwargs):
    return find_match(answers(practice, **kwargs), draw_key="visitor", as_of=today())


def suggested(found):
    return [one.therapist_id for one in found.suggestions]


def stored(practice):
    new = NewEnquiryFactory(answers=answers(practice))
    found = find_match(new.answers, draw_key=str(new.draw_key), as_of=today())
    return receive_enquiry(
        NewEnquiryFactory(draw_key=new.draw_key, answers=new.answers, suggestions=found.run_to_store())
    )


def test_candidates_are_loaded_with_a_constant_number_of_queries(make_therapist, practice):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            candidates = load_candidates(today(), workloads(today()))
        return len(captured), len(candidates)

    first = make_therapist("Ada", therapy=practice.ipt)
    Absence.objects.create(
        availability=first.availability, first_day=today(), last_day=today() + timedelta(days=3)
    )
    queries()  # The first makes the row of settings.
    few, one = queries()
    for number in range(23):
        make_therapist(f"Ben {number}", therapy=practice.cbt)
    many, all_of_them = queries()
    assert (one, all_of_them) == (1, 24)
    assert few == many


def test_the_facts_of_a_therapist_reach_the_matching(make_therapist, practice):
    therapist = make_therapist("Ada", level=ConcernLevel.SPECIALISM, therapy=practice.ipt, gender="woman")
    Absence.objects.create(
        availability=therapist.availability, first_day=today(), last_day=today() + timedelta(days=3)
    )
    [candidate] = load_candidates(today(), {})
    assert candidate.therapist_id == therapist.pk
    assert candidate.specialisms == {practice.grief.pk}
    assert candidate.fully_trained == {practice.ipt.pk}
    assert candidate.slots == {(0, "morning")}
    soonest = therapist.availability.first_consultation(today()).date()
    assert candidate.available_from == soonest >= today() + timedelta(days=4)
    assert candidate.diary_is_confirmed
    assert (candidate.places, candidate.gender) == (2, "woman")


@pytest.mark.guide("Years in practice, ratings and complete profiles never count in matching.")
def test_years_in_practice_and_how_much_a_profile_says_are_not_among_the_facts(make_therapist):
    said = {
        "how_i_work": "Slowly.",
        "about_me": "I row.",
        "own_sentence": "Begin anywhere.",
        "summary": "Warm.",
    }
    make_therapist("Ada", practising_since=1990, **said)
    make_therapist("Ben")
    ada, ben = load_candidates(today(), {})
    assert replace(ada, therapist_id=ben.therapist_id) == ben


@pytest.mark.guide("Without it, nobody is offered to this therapist.")
def test_missing_evidence_of_insurance_keeps_a_therapist_out(make_therapist, practice):
    therapist = make_therapist("Ada")
    assert suggested(match(practice)) == [therapist.pk]
    TherapistPrivate.objects.filter(therapist=therapist).update(insurance_expires_on=None)
    assert suggested(match(practice)) == []
    TherapistPrivate.objects.all().delete()
    assert match(practice).result.excluded_counts()[Exclusion.NOT_INSURED] == 1


def test_a_profile_without_diary_or_private_record_breaks_nothing(practice):
    TherapistPageFactory(parent=practice.directory, diary=None)
    assert suggested(match(practice)) == []


def test_drafts_and_lapsed_registrations_are_no_candidates(make_therapist, practice):
    make_therapist("Ada").unpublish()
    make_therapist("Ben").registrations.update(expires_on=today() - timedelta(days=1))
    assert load_candidates(today(), {}) == []


def test_offers_that_wait_or_were_accepted_use_up_places(make_therapist, practice):
    busy, free = make_therapist("Ada"), make_therapist("Ben")
    enquiry = stored(practice)
    now = timezone.now()
    for state, age in [
        (OfferState.LIVE, 1),
        (OfferState.ACCEPTED, 20),
        (OfferState.DECLINED, 2),
        (OfferState.ACCEPTED, 40),
    ]:
        Offer.objects.create(
            enquiry=enquiry,
            therapist=busy,
            state=state,
            made_at=now - timedelta(days=age),
            expires_at=now + timedelta(days=1),
        )
    load = workloads(today())[busy.pk]
    assert load.places_used == 2
    frees = today() + timedelta(days=9)
    assert load.next_place_on(2) == frees, "the whole twenty-eighth day counts"
    assert load.next_place_on(3) is None, "one is free"
    assert load.next_place_on(1) == today() + timedelta(days=28), "the second of them to end"
    assert [workloads(day)[busy.pk].places_used for day in (frees - timedelta(days=1), frees)] == [2, 1]
    assert free.pk not in workloads(today())
    assert suggested(match(practice)) == [free.pk, busy.pk]
    assert "The next one opens on" in match(practice).suggestions[1].cautions[0]


def test_what_offers_do_reaches_profiles_that_are_not_read_again(make_therapist, practice, epoch):
    full, free = make_therapist("Ada"), make_therapist("Ben")
    Availability.objects.update(places_per_four_weeks=1)
    enquiry = stored(practice)
    epoch.unchanged = names_of(DEPENDS_ON)

    def places():
        epoch.number += 1
        with answering(), CaptureQueriesContext(connection) as queries:
            found = {one.therapist_id: (one.has_place, one.available_from) for one in candidates_on(today())}
        return found, [query["sql"] for query in queries]

    before, _queries = places()
    assert before[full.pk] == before[free.pk] and before[full.pk][0]
    Offer.objects.create(enquiry=enquiry, therapist=full, expires_at=timezone.now() + timedelta(days=1))
    after, queries = places()
    assert not after[full.pk][0], "nobody is suggested whose last place was filled"
    assert after[full.pk][1] > before[full.pk][1]
    assert after[free.pk] == before[free.pk]
    assert not any(TherapistConcern._meta.db_table in sql for sql in queries)
    free.unpublish()
    assert places()[0].keys() == {full.pk}


def test_profiles_that_are_remembered_depend_on_no_other_model(make_therapist, practice):
    make_therapist("Ada")
    working_time()  # The first makes the row of settings.
    with tables_read() as read:
        unbooked_on(today())
    assert read == names_of(DEPENDS_ON)


def test_whoever_refused_an_enquiry_is_not_suggested_for_it_again(make_therapist, practice):
    refused, other = make_therapist("Ada"), make_therapist("Ben")
    enquiry = stored(practice)
    Offer.objects.create(
        enquiry=enquiry, therapist=refused, state=OfferState.DECLINED, expires_at=timezone.now()
    )
    assert suggested(rank_again(enquiry, today())) == [other.pk]


def test_a_stored_run_gives_the_same_answer_again_whatever_changed_since(make_therapist, practice):
    therapists = [make_therapist(name) for name in ["Ada", "Ben", "Cy", "Dee"]]
    enquiry = stored(practice)
    run = enquiry.suggestion_runs.get()
    shown = list(run.suggestions.values_list("therapist_id", flat=True))
    for therapist in therapists:
        therapist.fees.update(fee=999)
    therapists[0].unpublish()
    again = replay(run)
    assert [s.ranked.candidate.therapist_id for s in again.suggestions] == shown
    assert from_plain(run.inputs).digest() == run.inputs_hash


def test_a_run_that_was_tampered_with_is_noticed(make_therapist, practice):
    make_therapist("Ada")
    make_therapist("Ben")
    run = stored(practice).suggestion_runs.get()
    run.inputs["candidates"][0]["places"] = 99
    with pytest.raises(ReplayDiffers, match="inputs"):
        replay(run)
    run.refresh_from_db()
    run.suggestions.first().delete()
    with pytest.raises(ReplayDiffers, match="order"):
        replay(run)


def test_no_name_is_among_what_is_stored(make_therapist, practice):
    make_therapist("Ada Distinctive")
    run = stored(practice).suggestion_runs.get()
    assert "Distinctive" not in str(run.inputs)
