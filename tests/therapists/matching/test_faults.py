"""The database fails at some statement while an enquiry is sent."""

import uuid
from contextlib import contextmanager

import psycopg
from django.db import OperationalError, connection
from procrastinate.contrib.django.models import ProcrastinateJob

from therapists.enquiries.models import Enquiry, EnquirySettings, OutgoingMessage


@contextmanager
def failing_at(number, error):
    """Let the statements before it through. Yields how many there were."""
    asked = []

    def ask(execute, sql, params, many, context):
        asked.append(sql)
        if len(asked) == number:
            raise error
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask):
        yield asked


def stored() -> tuple[int, int, int]:
    jobs = ProcrastinateJob.objects.filter(task_name="enquiries.deliver_message")
    return Enquiry.objects.count(), OutgoingMessage.objects.count(), jobs.count()


def test_a_fault_at_any_statement_leaves_all_or_nothing(front_end, record_property):
    """Also where it comes after the commit: the visitor sends again, and it is the same enquiry."""
    front_end.client.raise_request_exception = False
    # Made by whoever looks at the form first, outside any transaction but that of this test.
    EnquirySettings.load()
    before, enquiries, statement = (0, 0, 0), 0, 0
    answers, key = front_end.answers(), uuid.uuid4()
    while True:
        statement += 1
        with failing_at(statement, OperationalError("the connection is gone")) as asked:
            answer = front_end.sends(answers, key)
        after = stored()
        assert after in (before, (before[0] + 1, before[1] + 2, before[2] + 2)), asked[-1]
        if len(asked) < statement:
            break
        assert answer.status_code == 503, asked[-1]
        if after != before:
            assert front_end.sends(answers, key).status_code == 201
            assert stored() == after
            answers, key = front_end.answers(), uuid.uuid4()
        before, enquiries = after, after[0]
    assert answer.status_code == 201
    assert statement > 20
    record_property(
        "figure",
        f"{statement - 1} statements failed in turn, {enquiries} after the commit: never a row without its"
        " mail, never two of one request",
    )


def test_a_full_disk_is_told_with_where_help_is(front_end):
    front_end.client.raise_request_exception = False
    full = OperationalError("could not extend file")
    full.__cause__ = psycopg.errors.DiskFull()
    answers, key = front_end.answers(), uuid.uuid4()
    with failing_at(1, full):
        told = front_end.sends(answers, key)
    assert told.status_code == 503
    assert "Retry-After" in told
    assert stored() == (0, 0, 0)
    assert front_end.sends(answers, key).status_code == 201, "the same answers are taken once there is room"
