"""What workers log while they send mail: under the id of the request, and of no person."""

import logging
import uuid

from procrastinate.contrib.django.models import ProcrastinateJob

from core.logs import request_ids
from tests.factories.enquiries import NewEnquiryFactory
from tests.log_lines import log_lines
from tests.queue_worker import work
from therapists.enquiries.models import OutgoingMessage
from therapists.enquiries.services.submit import receive_enquiry
from therapists.enquiries.tasks import purge


def test_jobs_and_mail_are_logged_under_the_id_of_their_request(committed, postbox):
    request_id = request_ids.begin()
    enquiry = receive_enquiry(NewEnquiryFactory(answers__concerns=(committed.pk,)))
    request_ids.end()
    jobs = ProcrastinateJob.objects.filter(task_name="enquiries.deliver_message")
    assert {job.args["request_id"] for job in jobs} == {request_id}
    with log_lines(logging.INFO) as kept:
        work("mail")
    messages = {str(key) for key in OutgoingMessage.objects.values_list("pk", flat=True)}
    told = [line for line in kept.told() if line["request_id"] == request_id]
    assert {line["outgoing"] for line in told if "outgoing" in line} == messages
    done = [(line["task"], line["status"]) for line in told if "task" in line]
    assert done == [("enquiries.deliver_message", "succeeded")] * len(messages)
    assert enquiry.reference not in kept.text
    assert "sam@example.org" not in kept.text


def test_a_job_that_no_request_deferred_has_an_id_of_its_own(committed):
    jobs = {purge.configure(queueing_lock=f"again {number}").defer(timestamp=0) for number in range(2)}
    with log_lines(logging.INFO) as kept:
        work("upkeep")  # which may do what is due at this minute as well
    ids = [line["request_id"] for line in kept.told() if line.get("job") in jobs]
    assert len({uuid.UUID(one) for one in ids}) == len(jobs)
