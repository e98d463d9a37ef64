"""For `make demo`: the sample practice on this machine alone. Its e-mails always stay in the mailbox."""

from .local import *

INSTALLED_APPS = ["demo", *INSTALLED_APPS]
WAGTAIL_SITE_NAME = MFA_TOTP_ISSUER = "My Therapist Online"
ENQUIRY_REFERENCE_PREFIX = "MTO"
ENCRYPTION_KEYS = [f"demo:{local_secret('encryption_key')}"]
MAILBOX = LOCAL / "mailbox"
MAILERS = {"default": {"BACKEND": "local_server.mailbox.MailboxBackend", "OPTIONS": {"path": MAILBOX}}}
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(ROOT / "media"))
# Passkeys work on localhost without HTTPS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
