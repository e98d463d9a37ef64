"""What an owner says of a new practice, checked before anything is written."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http.request import validate_host

from home.models import PracticeSettings
from new_practice.nations import Nation, nation_named

HOST = re.compile(r"^(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})*$|^\[[0-9a-f:]+\]$", re.IGNORECASE)


@dataclass(frozen=True)
class Administrator:
    username: str
    email: str
    password: str


@dataclass(frozen=True)
class PracticeDetails:
    name: str
    email: str
    postal_address: str
    nation: Nation
    #: Where the site is served: `https://www.example.org`.
    web_address: str

    @property
    def words(self) -> dict[str, str]:
        """Return what the starter texts call by name."""
        return {
            "name": self.name,
            "email": self.email,
            "who_we_are": f"{self.name}, {self.postal_address}" if self.postal_address else self.name,
            "postal_address": self.postal_address,
            "years_decisions": str(settings.ENQUIRY_KEEP_YEARS_DECISIONS),
            "hours_safety": str(settings.ENQUIRY_SAFETY_READ_HOURS),
            "days_unmatched": str(settings.ENQUIRY_KEEP_DAYS_UNMATCHED),
            "days_introduced": str(settings.ENQUIRY_KEEP_DAYS_INTRODUCED),
            "days_at_most": str(settings.ENQUIRY_KEEP_DAYS_AT_MOST),
        }


def clean_name(text: str) -> str:
    longest = PracticeSettings._meta.get_field("practice_name").max_length
    if not text or len(text) > longest or not text.isprintable():
        raise ValidationError(f"The name of the practice has 1 to {longest} letters, in one line.")
    return text


def clean_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValidationError(f"“{text}” is no e-mail address.") from None
    return text


def clean_postal_address(text: str) -> str:
    if not text.isprintable():
        raise ValidationError("Write the postal address in one line.")
    return text


def clean_nation(text: str) -> Nation:
    try:
        return nation_named(text)
    except ValueError:
        raise ValidationError(
            f"“{text}” is none of these: {', '.join(Nation)}. It says which urgent help lines are shown."
        ) from None


def clean_web_address(text: str) -> str:
    """Return an address without a path, whose host this site answers to."""
    try:
        served = urlsplit(text)
        host, _port = served.hostname or "", served.port
    except ValueError:
        host, served = "", urlsplit("")
    host = f"[{host}]" if ":" in host else host
    is_more = served.path.strip("/") or served.query or served.fragment or served.username
    if served.scheme not in {"http", "https"} or not HOST.match(host) or is_more:
        raise ValidationError(f"“{text}” is no address of a site, such as https://www.example.org")
    if not validate_host(host, settings.ALLOWED_HOSTS):
        raise ValidationError(f"The site does not answer to {host}: name it in ALLOWED_HOSTS first.")
    return text.rstrip("/")


def clean_username(text: str) -> str:
    people = get_user_model()
    people._meta.get_field("username").run_validators(text)
    if not text:
        raise ValidationError("The administrator needs a user name.")
    if people.objects.filter(username__iexact=text).exists():
        raise ValidationError(f"There is a user “{text}” already.")
    return text


def clean_password(password: str, username: str, email: str) -> str:
    """Return the password. Raise ValidationError for one that Django's validators find weak."""
    validate_password(password, get_user_model()(username=username, email=email))
    return password
