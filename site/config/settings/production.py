"""Refuses to start without what a real site needs, and says which settings are missing."""

from django.core.exceptions import ImproperlyConfigured

from .base import *

REQUIRED = [
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "BASE_URL",
    "DATABASE_URL",
    "ENCRYPTION_KEYS",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_HOST",
]
missing = [name for name in REQUIRED if not env(name, default="")]
if missing:
    raise ImproperlyConfigured(f"Set these in the environment first: {', '.join(missing)}")

# The admin shows previews of our own pages in a frame; other sites may not (X_FRAME_OPTIONS).
SILENCED_SYSTEM_CHECKS = ["security.W019"]

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING["handlers"]["console"]["formatter"] = env("LOG_FORMAT", default="json")
