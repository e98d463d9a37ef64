"""How much may be sent where people, and programs that speak for them, answer questions."""

from django.http import HttpRequest

#: In bytes. All answers together are far smaller: what is larger was typed by no visitor.
LARGEST_BODY = 64 * 1024


def is_too_large(request: HttpRequest) -> bool:
    """Goes by what the request says of itself: Django reads no further than that."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY
    except ValueError:
        return False
