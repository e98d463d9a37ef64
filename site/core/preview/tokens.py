"""Tokens with which a front end reads one draft: the signed key of a snapshot and the type of its page."""

from django.core import signing
from django.http import HttpRequest

from core.bearer_tokens import bearer_token
from core.preview.models import LIFETIME, DraftSnapshot

SALT = "core.preview.token"


class WrongTokenError(Exception):
    """The token was not signed here, or not for this type of page."""


class OutdatedTokenError(Exception):
    """The token is too old, or its editor has logged out or may not edit the page any more."""


def issue(key: str, content_type: str) -> str:
    """Return the token of the snapshot with this key; `content_type` is such as “therapies.therapypage”."""
    return signing.dumps([key, content_type], salt=SALT)


def token_in(request: HttpRequest) -> str:
    """Return the token in the header, which no log keeps, or else in the query."""
    return bearer_token(request) or request.GET.get("token", "")


def snapshot_for(request: HttpRequest) -> DraftSnapshot:
    """Return the snapshot that the request's token opens. Raise WrongTokenError or OutdatedTokenError."""
    try:
        key = _key(token_in(request), request.GET.get("content_type", "").lower())
    except signing.SignatureExpired as error:
        raise OutdatedTokenError from error
    except signing.BadSignature as error:
        raise WrongTokenError from error
    related = DraftSnapshot.objects.select_related("user", "content_type", "place")
    snapshot = related.current().filter(pk=key).first()
    if snapshot is None or not snapshot.may_still_be_read():
        raise OutdatedTokenError
    return snapshot


def _key(token: str, content_type: str) -> str:
    key, signed_type = signing.loads(token, salt=SALT, max_age=LIFETIME)
    if signed_type != content_type:
        raise signing.BadSignature("The token belongs to a page of another type.")
    return key
