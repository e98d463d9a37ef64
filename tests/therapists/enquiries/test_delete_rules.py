"""What goes with an enquiry goes also where code deletes it that does not know all the tables."""

from datetime import date, timedelta

from django.apps import apps
from django.db import connection
from django.utils import timezone

from core.delete_rules import RULES
from tests.factories.enquiries import introduce, stored_enquiry
from therapists.enquiries.models import (
    Consultation,
    DiaryReminder,
    Enquiry,
    Offer,
    OutgoingMessage,
    ProposalState,
    StoredProposal,
    StoredProposalRun,
    UnansweredOffer,
)
from therapists.models import DiaryTask

OF_THE_DATABASE = {"c": "CASCADE", "n": "SET NULL", "a": "none"}
SOON = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=8)


def test_the_database_holds_every_rule_of_what_is_kept_in_confidence(db):
    """A new foreign key gets its rule by `core.delete_rules.hold_delete_rules` in its migration."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname, confdeltype FROM pg_constraint"
            " JOIN pg_attribute ON attrelid = conrelid AND conkey = ARRAY[attnum] WHERE contype = 'f'"
        )
        held = {(table, column): OF_THE_DATABASE[rule] for table, column, rule in cursor.fetchall()}
    models = [*apps.get_app_config("enquiries").get_models(), DiaryTask]
    fields = [field for model in models for field in model._meta.local_fields if field.remote_field]
    expected = {
        (field.model._meta.db_table, field.column): RULES.get(field.remote_field.on_delete, "none")
        for field in fields
        if field.db_constraint
    }
    assert {key: held[key] for key in expected} == expected


def test_an_enquiry_is_erased_without_knowing_what_points_to_it(enquiries_practice, therapist, matcher):
    enquiry = stored_enquiry(enquiries_practice.grief.pk, preferred_times=(SOON,))
    introduce(enquiry, therapist, matcher, SOON)
    run = StoredProposalRun.objects.create(as_of=date(2026, 11, 19), waiting=1, total=0)
    StoredProposal.objects.create(run=run, enquiry=enquiry, state=ProposalState.ASKED)
    UnansweredOffer.objects.create(therapist=therapist, offer=enquiry.offers.get(), offered_at=timezone.now())
    DiaryReminder.objects.create(therapist=therapist, sent_on=date(2026, 11, 19))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM enquiries_enquiry WHERE id = %s", [enquiry.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for model in (Enquiry, Offer, Consultation, StoredProposal):
        assert not model.objects.exists()
    assert not OutgoingMessage.objects.exclude(enquiry=None).exists()
    assert UnansweredOffer.objects.get().offer is None
    assert DiaryReminder.objects.exists()
    assert StoredProposalRun.objects.exists()
