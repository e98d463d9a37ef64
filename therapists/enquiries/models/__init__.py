from .access import AccessLogEntry, BreakGlass, ReadingKind, TeamChange
from .answers import EnquiryApproach, EnquiryConcern, EnquirySlot, PreferredTime
from .consultations import Consultation, ConsultationState, consultation_time
from .decisions import Decision, DecisionKind, DecisionRecord
from .diary_reminders import DiaryReminder
from .drafts import EnquiryDraft
from .enquiry import Enquiry, EnquiryQuerySet
from .escalations import Escalation, EscalationLevel
from .follow_ups import FollowUp, FollowUpKind
from .history import StateChange
from .messages import TO_PRACTICE, TO_VISITOR, MailFault, MessageKind, MessageQuerySet, OutgoingMessage
from .notes import Note, Reply
from .offers import DeclineReason, Offer, OfferQuestion, OfferState, Override, ShortlistEntry
from .outcomes import ConsultationOutcome, OutcomeReport, OutcomeReportQuerySet, Side
from .proposals import ProposalState, StoredProposal, StoredProposalRun
from .retention import LegalHold, OutcomeCount, PurgeRun, UnmetDemandCount
from .settings import BankHolidays, Closure, EnquirySettings, EnquirySettingsTranslation, OpeningHours
from .suggestions import StoredSuggestion, StoredSuggestionRun
from .unanswered_offers import UnansweredOffer

__all__ = [
    "TO_PRACTICE",
    "TO_VISITOR",
    "AccessLogEntry",
    "BankHolidays",
    "BreakGlass",
    "Closure",
    "Consultation",
    "ConsultationOutcome",
    "ConsultationState",
    "Decision",
    "DecisionKind",
    "DecisionRecord",
    "DeclineReason",
    "DiaryReminder",
    "Enquiry",
    "EnquiryApproach",
    "EnquiryConcern",
    "EnquiryDraft",
    "EnquiryQuerySet",
    "EnquirySettings",
    "EnquirySettingsTranslation",
    "EnquirySlot",
    "Escalation",
    "EscalationLevel",
    "FollowUp",
    "FollowUpKind",
    "LegalHold",
    "MailFault",
    "MessageKind",
    "MessageQuerySet",
    "Note",
    "Offer",
    "OfferQuestion",
    "OfferState",
    "OpeningHours",
    "OutcomeCount",
    "OutcomeReport",
    "OutcomeReportQuerySet",
    "OutgoingMessage",
    "Override",
    "PreferredTime",
    "ProposalState",
    "PurgeRun",
    "ReadingKind",
    "Reply",
    "ShortlistEntry",
    "Side",
    "StateChange",
    "StoredProposal",
    "StoredProposalRun",
    "StoredSuggestion",
    "StoredSuggestionRun",
    "TeamChange",
    "UnansweredOffer",
    "UnmetDemandCount",
    "consultation_time",
]
