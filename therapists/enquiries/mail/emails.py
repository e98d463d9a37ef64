"""The e-mail of a message to be sent. It carries a link and a reference, and nothing said in confidence."""

from collections.abc import Callable
from email.utils import formataddr, parseaddr
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from core.languages import language_or_default, override_language
from home.models import PracticeSettings
from therapists.enquiries.mail import invitations, to_practice, to_therapists, to_visitors
from therapists.enquiries.mail.email_content import EmailContent
from therapists.enquiries.models import TO_VISITOR, ConsultationState, MessageKind, OutgoingMessage


class NoAddress(Exception):
    """There is nowhere to send it."""


def compose(message: OutgoingMessage) -> EmailMultiAlternatives:
    """The e-mail of a message, the same at every attempt, its Message-ID included.

    To a visitor it is in the language in which they wrote, to everyone else in the usual one.
    """
    language = message.enquiry.language if message.enquiry and message.kind in TO_VISITOR else ""
    with override_language(language_or_default(language)):
        return _compose(message)


def _compose(message: OutgoingMessage) -> EmailMultiAlternatives:
    content = _CONTENTS[MessageKind(message.kind)](message)
    if not content.to:
        raise NoAddress
    reference = message.enquiry.reference if message.enquiry else message.reference
    practice = to_practice.practice_settings()
    answers = to_practice.practice_address() if content.is_to_therapist else practice.contact_email
    context = {"practice": practice, "reference": reference, **content.context}
    email = EmailMultiAlternatives(
        subject=f"{content.subject} ({reference})" if reference else content.subject,
        body=render_to_string(f"emails/{content.template}.txt", context),
        from_email=_sender(practice),
        to=[content.to],
        reply_to=[answers] if answers else None,
        headers={
            "Message-ID": f"<{message.pk}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    email.attach_alternative(
        render_to_string(f"emails/{content.template}.html", context | {"subject": content.subject}),
        "text/html",
    )
    _add_to_calendar(email, content)
    return email


def _sender(practice: PracticeSettings) -> str:
    """Return the address that sends, under the practice's name unless the setting has one."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or practice.practice_name, address))


def _add_to_calendar(email: EmailMultiAlternatives, letter: EmailContent) -> None:
    """Add an invitation as a part, which mail programs act upon, and as a file for those that do not."""
    consultation = letter.consultation
    if consultation is None:
        return
    content = invitations.invitation(consultation, letter.to, is_therapist=letter.is_to_therapist)
    content_type = f"{invitations.CONTENT_TYPE}; method={invitations.method(consultation)}"
    email.attach_alternative(content.decode(), content_type)
    email.attach("conversation.ics", content, invitations.CONTENT_TYPE)


_CONTENTS: dict[MessageKind, Callable[[OutgoingMessage], EmailContent]] = {
    MessageKind.NEW_ENQUIRY: to_practice.new_enquiry,
    MessageKind.READ_TODAY: to_practice.read_today,
    MessageKind.LATE: to_practice.late,
    MessageKind.TEAM_CHANGED: to_practice.team_changed,
    MessageKind.THERAPIST_PAUSED: to_practice.therapist_paused,
    MessageKind.GLASS_BROKEN: to_practice.glass_broken,
    MessageKind.TRIAL: to_practice.trial,
    MessageKind.ACKNOWLEDGEMENT: to_visitors.acknowledgement,
    MessageKind.UPDATE: to_visitors.update,
    MessageKind.OFFER: to_therapists.offer_made,
    MessageKind.OFFER_REMINDER: to_therapists.offer_reminder,
    MessageKind.DIARY_REMINDER: to_therapists.diary_reminder,
    MessageKind.REMINDER_VISITOR: to_visitors.reminder,
    MessageKind.REMINDER_THERAPIST: to_therapists.reminder,
    MessageKind.OWN_PAGE: to_therapists.own_page,
    MessageKind.NEW_LINK: to_therapists.new_link,
    MessageKind.UNANSWERED: to_therapists.unanswered,
    MessageKind.PAUSED: to_therapists.paused,
    MessageKind.PROPOSAL_TAKEN: to_therapists.proposal_taken,
    MessageKind.PROPOSAL_CHANGED: to_therapists.proposal_changed,
    MessageKind.PROPOSAL_DECLINED: to_therapists.proposal_declined,
    MessageKind.QUESTION_ANSWERED: to_therapists.question_answered,
    MessageKind.YES_CONFIRMED: to_therapists.yes_confirmed,
    MessageKind.FELL_THROUGH: to_therapists.fell_through,
    MessageKind.INTRODUCTION: to_therapists.introduction,
    MessageKind.CONTACT_CHANGED: to_therapists.contact_changed,
    MessageKind.RUNNING_LATE: to_therapists.running_late,
    MessageKind.OUTCOME_VISITOR: to_visitors.what_became,
    MessageKind.OUTCOME_THERAPIST: to_therapists.what_became,
    MessageKind.CONSULTATION_VISITOR: partial(to_visitors.consultation, state=ConsultationState.CONFIRMED),
    MessageKind.CONSULTATION_THERAPIST: partial(
        to_therapists.consultation, state=ConsultationState.CONFIRMED
    ),
    MessageKind.CALLED_OFF_VISITOR: partial(to_visitors.consultation, state=ConsultationState.CALLED_OFF),
    MessageKind.CALLED_OFF_THERAPIST: partial(to_therapists.consultation, state=ConsultationState.CALLED_OFF),
}
