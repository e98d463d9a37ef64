"""For one machine alone: as in production, with secrets made at first use and kept under `.local/`.

E-mails go to a mailbox that can be read at `/mailbox/`, until `EMAIL_HOST` names a server that sends them.
"""

from config.embedded_database import DATA_DIRECTORY, LOCAL, ensure_database_url
from config.local_secrets import local_secret

ensure_database_url()

from .base import *

PORT = env.int("PORT", default=8000)
SECRET_KEY = local_secret("secret_key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
BASE_URL = f"http://localhost:{PORT}"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILAPI_BASE_URL = BASE_URL
# No phone is needed. To try the second step: REQUIRE_SECOND_FACTOR=sensitive
REQUIRE_SECOND_FACTOR = env("REQUIRE_SECOND_FACTOR", default="nobody")
# Another front end under way on the same machine, served where Astro does, may ask and hear of changes.
CORS_ALLOWED_ORIGINS = CORS_ALLOWED_ORIGINS or ["http://localhost:4321"]
WEBHOOK_ALLOWED_HOSTS = WEBHOOK_ALLOWED_HOSTS or ["localhost", "127.0.0.1"]
ENCRYPTION_KEYS = ENCRYPTION_KEYS or [f"local:{local_secret('encryption_key')}"]
EMBEDDED_DATABASE_DIRECTORY = DATA_DIRECTORY
MAILBOX = None if env("EMAIL_HOST", default="") else LOCAL / "mailbox"
if MAILBOX:
    MAILERS = {"default": {"BACKEND": "local_server.mailbox.MailboxBackend", "OPTIONS": {"path": MAILBOX}}}
BACKUP_ROOT = LOCAL / "backups"
STORAGES["erasures"]["OPTIONS"]["location"] = BACKUP_ROOT / "erasures"
# No reverse proxy stands in front to serve media.
SERVE_MEDIA = True
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(LOCAL / "media"))
STATIC_ROOT = LOCAL / "collected"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
LOGGING |= {"root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")}}
