"""The ways to write an enquiry: other apps come through here."""

from therapists.enquiries.services.change import change_answers
from therapists.enquiries.services.submit import (
    AlreadySent,
    SentOtherwise,
    receive_enquiry,
    store_suggestions,
)

__all__ = ["AlreadySent", "SentOtherwise", "change_answers", "receive_enquiry", "store_suggestions"]
