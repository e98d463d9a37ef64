"""How enquiries, their e-mails and their erasing stand, for Prometheus.

Counts over all enquiries by state alone: no concern, therapist or member of the team, so that no number tells
of one person.
"""

from collections.abc import Iterator

from django.db.models import Count, Max
from prometheus_client import Metric

from core.gauges import gauge, gauge_by, seconds_since
from core.outbox import SendingState
from therapists.enquiries.enums import State
from therapists.enquiries.health import erasures_are_not_noted, oldest_unsent_age, purge_is_late
from therapists.enquiries.models import Enquiry, FollowUp, OutgoingMessage, PurgeRun
from therapists.enquiries.services.lateness import late_for_everyone, unread_safety_checks


def mail() -> Iterator[Metric]:
    by_state = dict(OutgoingMessage.objects.order_by().values_list("state").annotate(Count("pk")))
    counts = {state.value: by_state.get(state, 0) for state in SendingState}
    yield gauge_by("practice_mail", "E-mails about enquiries by state.", "state", counts)
    said = "E-mails that the mail server, the sender's address or a setting stops, whoever they are for."
    yield gauge("practice_mail_failing", said, OutgoingMessage.objects.failing_through_us().count())
    said = "E-mails that were given up, and that nobody has dealt with."
    yield gauge("practice_mail_given_up", said, OutgoingMessage.objects.given_up().count())
    age = oldest_unsent_age()
    said = "How long the oldest unsent e-mail has waited."
    yield gauge("practice_mail_age_seconds", said, age.total_seconds() if age else 0)


def enquiries() -> Iterator[Metric]:
    by_state = dict(Enquiry.objects.order_by().values_list("state").annotate(Count("pk")))
    counts = {state.value: by_state.get(state, 0) for state in State}
    yield gauge_by("practice_enquiries", "Enquiries by state.", "state", counts)
    late = Enquiry.objects.late().order_by("deadline").values_list("deadline", flat=True)
    yield gauge("practice_enquiries_late", "Enquiries that are past their deadline.", late.count())
    said = "How far the most overdue enquiry is past its deadline."
    yield gauge("practice_enquiry_lateness_seconds", said, seconds_since(late.first()))
    said = "Enquiries that stay late though their owner and a second person were told."
    yield gauge("practice_enquiries_escalated", said, late_for_everyone().count())
    said = "Safety checks of which nobody has said that they read them."
    yield gauge("practice_safety_checks_unread", said, unread_safety_checks().count())
    tasks = FollowUp.objects.filter(done_at=None).count()
    yield gauge("practice_follow_ups_open", "Tasks for a person, such as an e-mail that failed.", tasks)


def purge() -> Iterator[Metric]:
    said = "Whether something should be erased by now and the purge has not run (1), or not (0)."
    yield gauge("practice_purge_late", said, purge_is_late())
    said = "Whether what was erased cannot be noted outside the database (1), or can (0)."
    yield gauge("practice_erasures_failing", said, erasures_are_not_noted())
    last = PurgeRun.objects.aggregate(last=Max("finished_at"))["last"]
    if last:
        said = "Since the purge of old enquiries last finished."
        yield gauge("practice_purge_age_seconds", said, seconds_since(last))
