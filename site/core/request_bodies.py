"""The largest body of a request to the forms and endpoints of an enquiry."""

from django.http import HttpRequest

#: In bytes. All answers of an enquiry together are far smaller.
LARGEST_BODY = 64 * 1024


def is_too_large(request: HttpRequest) -> bool:
    """Return whether the body is too large, by Content-Length: Django reads no further than that."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY
    except ValueError:
        return False
