"""What a front end shows to read one draft: a signed name of one snapshot and of its page's type."""

from datetime import timedelta

from django.core import signing

#: With the few minutes until the next purge, nothing of a draft outlives an hour.
LIFETIME = timedelta(minutes=55)
SALT = "core.preview.token"


def issue(key: str, content_type: str) -> str:
    return signing.dumps([key, content_type], salt=SALT)


def read(token: str, content_type: str) -> str:
    """The key of the snapshot. Raises `BadSignature` for a token of another type, too."""
    key, signed_type = signing.loads(token, salt=SALT, max_age=LIFETIME)
    if signed_type != content_type:
        raise signing.BadSignature("The token belongs to a page of another type.")
    return key
