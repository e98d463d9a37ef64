"""What a failed attempt to hand an e-mail to the mail server means: whose fault it is, and whether it passes.

Pure: an error in, an outcome out. The codes are those of RFC 5321; the enhanced ones, which a server may
write before its words, are those of RFC 3463 and its registry, and say more.
"""

import re
import smtplib
from dataclasses import dataclass

from therapists.enquiries.models import MailFault

ENHANCED = re.compile(rb"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
#: Of an address that is to receive something: X.1 speaks of addresses, X.2 of mailboxes.
RECIPIENT_SUBJECTS = {1, 2}
#: Within X.1, what speaks of the sender's address instead.
SENDER_DETAILS = {7, 8}
#: X.4.4: there is no mail server for the domain of the recipient.
UNROUTABLE = (4, 4)
#: Without an enhanced code: unknown mailbox, not local, over its quota, name not allowed.
RECIPIENT_CODES_AT_RCPT = {550, 551, 552, 553}
#: After the text was sent, 552 and 554 speak of the text or of the sender.
RECIPIENT_CODES_AT_DATA = {550, 551, 553}
#: Servers that refuse to pass anything on say so with the code of an unknown mailbox.
OF_THE_SENDER = re.compile(rb"relay|authenti|sender|log ?in|policy|blocked|blacklist|spam", re.I)


@dataclass(frozen=True, slots=True)
class SmtpFailure:
    #: The kind of error and its code. The server's own words may quote an address.
    described: str
    #: None where it may pass by itself, as where a server is busy.
    fault: MailFault | None


def read_failure(error: OSError) -> SmtpFailure:
    """Return what an error of smtplib, of the connection or of TLS means for one e-mail to one address."""
    code, words = _answer(error)
    kind = type(error).__name__
    if not code:
        return SmtpFailure(kind, MailFault.OURS)
    return SmtpFailure(f"{kind} {code}", _fault(error, code, words) if code >= 500 else None)


def _answer(error: OSError) -> tuple[int, bytes]:
    """Return the code and the words of the server; 0 where it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return error.smtp_code, words.encode() if isinstance(words, str) else words
    return 0, b""


def _fault(error: OSError, code: int, words: bytes) -> MailFault:
    """Blame the recipient only where the answer does: whatever else it is, others get no e-mail either."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = RECIPIENT_CODES_AT_RCPT
    elif isinstance(error, smtplib.SMTPDataError):
        codes = RECIPIENT_CODES_AT_DATA
    else:
        return MailFault.OURS
    if enhanced := ENHANCED.match(words):
        subject, detail = int(enhanced[2]), int(enhanced[3])
        is_recipients = (subject, detail) == UNROUTABLE or (
            subject in RECIPIENT_SUBJECTS and not (subject == 1 and detail in SENDER_DETAILS)
        )
    else:
        is_recipients = code in codes and not OF_THE_SENDER.search(words)
    return MailFault.RECIPIENT if is_recipients else MailFault.OURS
