from .access import AccessLogEntry, BreakGlass
from .answers import EnquiryApproach, EnquiryConcern, EnquirySlot
from .enquiry import Enquiry, EnquiryQuerySet
from .follow_ups import FollowUp, FollowUpKind
from .history import StateChange
from .messages import MessageKind, MessageState, OutgoingMessage
from .retention import LegalHold, OutcomeCount, PurgeRun
from .risk import RiskPhrase
from .settings import EnquirySettings
from .suggestions import StoredSuggestion, StoredSuggestionRun

__all__ = [
    "AccessLogEntry",
    "BreakGlass",
    "Enquiry",
    "EnquiryApproach",
    "EnquiryConcern",
    "EnquiryQuerySet",
    "EnquirySettings",
    "EnquirySlot",
    "FollowUp",
    "FollowUpKind",
    "LegalHold",
    "MessageKind",
    "MessageState",
    "OutcomeCount",
    "OutgoingMessage",
    "PurgeRun",
    "RiskPhrase",
    "StateChange",
    "StoredSuggestion",
    "StoredSuggestionRun",
]
