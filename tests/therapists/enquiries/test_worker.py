"""The real queue: what a request commits, a worker in another connection sends."""

from core.outbox import SendingState
from tests.factories.enquiries import NewEnquiryFactory
from tests.queue_worker import deliver
from therapists.enquiries.services.submit import receive_enquiry


def test_a_worker_sends_what_was_committed(committed, postbox):
    enquiry = receive_enquiry(NewEnquiryFactory(answers__concerns=(committed.pk,)))
    deliver()
    assert {message.state for message in enquiry.messages.all()} == {SendingState.SENT}
    recipients = {envelope.rcpt_tos[0] for envelope in postbox.envelopes}
    assert recipients == {"team@practice.example", "sam@example.org"}
