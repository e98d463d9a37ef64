"""From a token to the snapshot it opens, for every address that a front end shows one at."""

from django.core.signing import BadSignature, SignatureExpired
from django.http import HttpRequest

from core.bearer_tokens import bearer_token
from core.preview.models import DraftSnapshot
from core.preview.tokens import read


class WrongTokenError(Exception):
    """It is not one of ours, or not for this type of page."""


class OutdatedTokenError(Exception):
    """It is too old, or the editor has logged out or may not edit the page any more."""


def token_of(request: HttpRequest) -> str:
    """Return the token of the header, which no log keeps, or else of the address."""
    return bearer_token(request) or request.GET.get("token", "")


def snapshot_of(request: HttpRequest) -> DraftSnapshot:
    try:
        key = read(token_of(request), request.GET.get("content_type", "").lower())
    except SignatureExpired as error:
        raise OutdatedTokenError from error
    except BadSignature as error:
        raise WrongTokenError from error
    related = DraftSnapshot.objects.select_related("user", "content_type", "place")
    snapshot = related.current().filter(pk=key).first()
    if snapshot is None or not snapshot.may_still_be_read():
        raise OutdatedTokenError
    return snapshot
