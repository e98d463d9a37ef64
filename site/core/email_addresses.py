"""E-mail addresses as people type them.

The `email-validator` library says which can be one; slips of the finger are noticed here. No mail server is
asked: nobody can tell that way whether an address is somebody's.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email

#: Where most people in Britain have their address. What is one slip away from one of these is asked about.
COMMON_DOMAINS = (
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.co.uk",
    "outlook.com",
    "live.co.uk",
    "live.com",
    "msn.com",
    "yahoo.com",
    "yahoo.co.uk",
    "ymail.com",
    "icloud.com",
    "me.com",
    "aol.com",
    "btinternet.com",
    "sky.com",
    "talktalk.net",
    "virginmedia.com",
    "ntlworld.com",
    "protonmail.com",
    "proton.me",
    "gmx.com",
)
#: Other people's real domains that are one slip away from a common one.
REAL_DOMAINS = frozenset(
    (
        "mail.com",
        "email.com",
        "gmx.de",
        "gmx.net",
        "live.ca",
        "live.de",
        "live.fr",
        "live.ie",
        "live.nl",
        "yahoo.ca",
        "yahoo.de",
        "yahoo.fr",
        "yahoo.ie",
        "hotmail.de",
        "hotmail.fr",
        "hotmail.it",
        "outlook.de",
        "outlook.fr",
        "outlook.ie",
    )
)
#: One slip in a short name makes any other short name.
_FEWEST_LETTERS = 8
#: Written as they are said, or cut off: what no rule of letters finds.
_MISTAKEN_ENDINGS = {
    ".con": ".com",
    ".cmo": ".com",
    ".ocm": ".com",
    ".comm": ".com",
    ".vom": ".com",
    ".xom": ".com",
    ".cpm": ".com",
    ".couk": ".co.uk",
    ".co.ku": ".co.uk",
    ".co.ulk": ".co.uk",
}


def likely_address(address: str) -> str:
    """Return the address that was probably meant, or an empty text where nothing looks wrong."""
    name, at, domain = address.strip().rpartition("@")
    domain = domain.lower()
    if not (name and at) or domain in COMMON_DOMAINS or domain in REAL_DOMAINS:
        return ""
    meant = _meant(domain)
    return f"{name}@{meant}" if meant else ""


def _meant(domain: str) -> str:
    ending = next((wrong for wrong in _MISTAKEN_ENDINGS if domain.endswith(wrong)), None)
    mended = domain.removesuffix(ending) + _MISTAKEN_ENDINGS[ending] if ending else domain
    if mended in COMMON_DOMAINS:
        return mended
    near = (
        known for known in COMMON_DOMAINS if len(known) >= _FEWEST_LETTERS and _is_one_slip(mended, known)
    )
    return next(near, mended if ending else "")


def _is_one_slip(typed: str, known: str) -> bool:
    """Return whether one letter is missing, too many or mistaken, or two neighbours changed places."""
    while typed and known and typed[0] == known[0]:
        typed, known = typed[1:], known[1:]
    is_swapped = typed[:2] == known[1::-1] and typed[2:] == known[2:]
    return is_swapped or typed[1:] in (known, known[1:]) or typed == known[1:]


class EmailAddressField(forms.EmailField):
    """Takes an address that mail can be sent to, and returns it in its usual spelling."""

    default_error_messages = {"invalid": _("Write the e-mail address in full, like name@example.org.")}

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return validate_email(text, check_deliverability=False).normalized
        except EmailNotValidError as problem:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from problem
