"""What browsers are told to refuse, what is sealed, and how much may be sent at once."""

from django.utils.csp import CSP

from .environment import env
from .storage import MEDIA_BUCKET, MEDIA_PUBLIC_URL

# Seal what visitors write and the secrets of webhooks and authenticator apps: "<key id>:<32 bytes, base64>",
# newest first. Older keys still read; the first one writes.
ENCRYPTION_KEYS = env.list("ENCRYPTION_KEYS", default=[])

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "SAMEORIGIN"
# Nothing is allowed but what is named.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "connect-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    # Pictures that are about to be uploaded are shown from the browser's own memory.
    "img-src": [CSP.SELF, "data:", "blob:", *([MEDIA_PUBLIC_URL] if MEDIA_BUCKET else [])],
    "manifest-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the page editor sends many fields
