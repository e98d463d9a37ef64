"""What is kept for years of a decision, so that a complaint can be answered after the enquiry is gone."""

from django.contrib.auth.models import User
from django.views.decorators.debug import sensitive_variables
from wagtail.admin.utils import get_user_display_name

from therapists.enquiries.models import Decision, DecisionKind, DecisionRecord, Enquiry


def record_release(enquiry: Enquiry, by: User) -> None:
    """Write down who introduced the person to whom. The caller's transaction is the introduction's."""
    assert enquiry.therapist is not None  # noqa: S101 - nobody is introduced to no one
    record_decision(
        enquiry, DecisionKind.RELEASED, get_user_display_name(by), therapist=enquiry.therapist.title
    )


def record_decision(enquiry: Enquiry, kind: DecisionKind, person: str, therapist: str = "") -> None:
    record = DecisionRecord(enquiry_id=enquiry.pk)
    record.decision = Decision(
        kind=kind,
        reference=enquiry.reference,
        person=person,
        consent_version=enquiry.consent_version,
        therapist=therapist,
    )
    record.save(force_insert=True)


@sensitive_variables()
def find_decisions(words: str) -> list[DecisionRecord]:
    """Return the records of a reference or therapist, latest first. Each is opened for it: they are few."""
    wanted = words.casefold()
    return [
        record
        for record in DecisionRecord.objects.iterator()
        if wanted in (record.decision.reference.casefold(), record.decision.therapist.casefold())
    ]


def forget_old_decisions() -> None:
    DecisionRecord.objects.past_their_years().delete()
