"""What must reach someone else: a row each, claimed by one worker at a time and tried again until it is done.

The queue is never trusted alone. A row is written in the transaction of what it tells about, and a sweep
queues again whatever is due.
"""

from .delivery import BACK_OFF, MOST_ATTEMPTS, NotWanted, Refused, Sender, TryAgain
from .models import Outgoing, OutgoingQuerySet, SendingState

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
]
