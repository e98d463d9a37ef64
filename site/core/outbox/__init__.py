"""Outgoing messages: a row each, claimed by one worker at a time and retried until it is sent.

A row is stored in the transaction of the change that it is about. The queue is not trusted alone: a sweep
queues again whatever is due.
"""

from .delivery import BACK_OFF, MOST_ATTEMPTS, NotWanted, Refused, Sender, TryAgain
from .models import Outgoing, OutgoingQuerySet, SendingState
from .queue import enqueue, enqueue_due, sending_task

__all__ = [
    "BACK_OFF",
    "MOST_ATTEMPTS",
    "NotWanted",
    "Outgoing",
    "OutgoingQuerySet",
    "Refused",
    "Sender",
    "SendingState",
    "TryAgain",
    "enqueue",
    "enqueue_due",
    "sending_task",
]
