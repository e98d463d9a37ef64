"""A copy for one person of everything that is kept about their enquiry."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from therapists.enquiries.describing import describe
from therapists.enquiries.models import AccessLogEntry, DecisionRecord, Enquiry


def disclose(enquiry: Enquiry) -> dict[str, Any]:
    """Return plain values, ready for JSON. Whoever read it is given by role and not by name."""
    readings = AccessLogEntry.objects.filter(enquiry_id=enquiry.pk)
    return {
        "reference": enquiry.reference,
        "received": enquiry.received_at,
        "state": str(enquiry.get_state_display()),
        "language": enquiry.language_name,
        "contact": asdict(enquiry.contact),
        "in your own words": asdict(enquiry.free_text),
        "concerns": enquiry.named_concerns(_("Something else, or not sure")),
        "answers": {str(row.question): row.answer for row in describe(enquiry)},
        "consent": {
            "wording": enquiry.consent_version,
            "hash of the wording": enquiry.consent_hash,
            "given": enquiry.consented_at,
        },
        "therapist you picked": _name(enquiry.chosen_therapist),
        "therapist you were introduced to": _name(enquiry.therapist),
        "suggestions": [
            {
                "made": run.made_at,
                "therapist": row.therapist.title,
                "score": row.score,
                "reasons": row.reasons,
                "cautions": row.cautions,
            }
            for run in enquiry.suggestion_runs.all()
            for row in run.suggestions.select_related("therapist")
        ],
        "whom we thought of asking": [
            {
                "made": row.run.made_at,
                "therapist": row.therapist_name,
                "worth": row.terms,
                "what became of it": str(row.get_state_display()),
                "reason": row.reason,
            }
            for row in enquiry.proposals.select_related("run")
        ],
        "offers": [
            {
                "therapist": offer.therapist_name or offer.therapist.title,
                "made": offer.made_at,
                "outcome": str(offer.get_state_display()),
                "reason": str(offer.get_decline_reason_display()),
                "note": offer.note,
                "questions": [
                    {"asked": row.asked_at, "question": row.question, "answer": row.answer}
                    for row in offer.questions.all()
                ],
            }
            for offer in enquiry.offers.select_related("therapist")
        ],
        "therapists to ask, in order": [
            entry.therapist.title for entry in enquiry.shortlist.select_related("therapist")
        ],
        "why otherwise than suggested": [
            {"written": row.made_at, "text": row.reason} for row in enquiry.overrides.all()
        ],
        "consultations": [
            {"from": row.during.lower, "to": row.during.upper, "state": str(row.get_state_display())}
            for row in enquiry.consultations.all()
        ],
        "what became of it": [
            {"by": row.side, "said": row.said_at, "what": str(row.get_outcome_display()), "text": row.words}
            for row in enquiry.outcome_reports.all()
        ],
        "notes of the practice": [
            {"written": note.written_at, "text": note.text} for note in enquiry.notes.all()
        ],
        "what we wrote to you": [
            {"written": reply.written_at, "text": reply.text} for reply in enquiry.replies.all()
        ],
        "what happened": [
            {
                "when": change.changed_at,
                "from": str(change.get_before_display()),
                "to": str(change.get_after_display()),
                "reason": change.reason,
            }
            for change in enquiry.changes.all()
        ],
        "e-mails": [
            {"what": str(row.get_kind_display()), "sent": row.sent_at} for row in enquiry.messages.all()
        ],
        "tasks": [
            {"what": str(task.get_kind_display()), "since": task.created_at, "done": task.done_at}
            for task in enquiry.follow_ups.all()
        ],
        "reminders that it was late": [
            {"to": str(row.get_level_display()), "when": row.made_at} for row in enquiry.escalations.all()
        ],
        "legal holds": [
            {"from": hold.placed_at, "until": hold.lifted_at, "reason": hold.reason}
            for hold in enquiry.legal_holds.all()
        ],
        "decisions, kept for longer": [
            {
                "when": record.made_at,
                "what": record.decision.in_words,
                "therapist": record.decision.therapist,
                "by": "the practice",
                "kept until": record.kept_until,
            }
            for record in DecisionRecord.objects.filter(enquiry_id=enquiry.pk)
        ],
        "erasure asked for": enquiry.erasure_asked_at,
        "readings": [
            {
                "when": entry.read_at,
                "what": str(entry.get_reading_display()),
                "by": "a therapist" if entry.therapist_id else "the practice",
            }
            for entry in readings
        ],
    }


def _name(therapist: Any) -> str | None:
    return therapist.title if therapist else None
