"""What was typed in a session that had ended, kept for whoever signs in next in the same browser.

Where it is known whose session it was, nobody else is given it.

Sealed, in the new session alone, for a short time: no address, log or browser storage holds a word of it.
"""

import json
import time
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, QueryDict

from core.accounts.idle_sessions import WENT_IDLE
from core.encryption.keyring import keyring
from core.encryption.sealing import CannotOpen, Place, open_sealed, seal
from core.throttling import Throttle, client_address

KEPT_UNDER = "typed_words"
KEPT_FOR_SECONDS = 30 * 60
#: More than any of the forms takes.
MOST_CHARACTERS = 20_000
#: Whoever is signed out can send much: so often from one address in an hour.
MOST_OF_ADDRESS = 30


def keeps_typed_words[View: type[Any]](view: View) -> View:
    """Mark a view whose POST is worth keeping. Its GET calls `take_typed_words` and shows them again."""
    view.keeps_typed_words = True
    return view


def keep_typed_words(request: HttpRequest) -> None:
    """Keep what was posted by someone whose session has ended, and end it for good."""
    words = request.POST.copy()
    words.pop("csrfmiddlewaretoken", None)
    posted = words.urlencode()
    throttle = Throttle("typed_words", client_address(request), MOST_OF_ADDRESS, 60 * 60)
    if len(posted) > MOST_CHARACTERS or not throttle.allows_one_more():
        return
    if SESSION_KEY in request.session:
        request.session.flush()
    whose = getattr(request, WENT_IDLE, None)
    text = json.dumps({"posted": posted, "until": time.time() + KEPT_FOR_SECONDS, "whose": whose})
    request.session[KEPT_UNDER] = seal(text, _place(request.path), keyring()).hex()
    request.session.set_expiry(KEPT_FOR_SECONDS)


def take_typed_words(request: HttpRequest) -> QueryDict | None:
    """Return what was posted to this address before, once; None where nothing was, or too long ago."""
    sealed = request.session.pop(KEPT_UNDER, None)
    if sealed is None:
        return None
    try:
        kept = json.loads(open_sealed(bytes.fromhex(sealed), _place(request.path), keyring()))
    except CannotOpen:  # it was for another address
        return None
    is_theirs = kept["whose"] in (None, request.user.pk)
    return QueryDict(kept["posted"]) if is_theirs and kept["until"] > time.time() else None


def _place(path: str) -> Place:
    return Place(table="session", column=KEPT_UNDER, row=path)
