from core.outbox import SendingState as MessageState

from .access import AccessLogEntry, BreakGlass, TeamChange
from .answers import EnquiryApproach, EnquiryConcern, EnquirySlot, PreferredTime
from .consultations import Consultation, ConsultationState, consultation_time
from .enquiry import Enquiry, EnquiryQuerySet
from .follow_ups import FollowUp, FollowUpKind
from .history import StateChange
from .messages import MessageKind, OutgoingMessage
from .notes import Note
from .offers import DeclineReason, Offer, OfferState, Override, ShortlistEntry
from .replies import Reply
from .retention import LegalHold, OutcomeCount, PurgeRun, UnmetDemandCount
from .risk import RiskPhrase
from .settings import EnquirySettings
from .suggestions import StoredSuggestion, StoredSuggestionRun

__all__ = [
    "AccessLogEntry",
    "BreakGlass",
    "Consultation",
    "ConsultationState",
    "DeclineReason",
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
    "Note",
    "Offer",
    "OfferState",
    "OutcomeCount",
    "OutgoingMessage",
    "Override",
    "PreferredTime",
    "PurgeRun",
    "Reply",
    "RiskPhrase",
    "ShortlistEntry",
    "StateChange",
    "StoredSuggestion",
    "StoredSuggestionRun",
    "TeamChange",
    "UnmetDemandCount",
    "consultation_time",
]
