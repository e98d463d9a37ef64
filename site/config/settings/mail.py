"""The mail server, whom mail comes from, and what a provider tells of it."""

from .environment import env

# Mail: one SMTP server, reached through Django's own mailers.
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="practice@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env("EMAIL_HOST", default="localhost"),
            "port": env.int("EMAIL_PORT", default=25),
            "username": env("EMAIL_HOST_USER", default=""),
            "password": env("EMAIL_HOST_PASSWORD", default=""),
            "use_tls": env.bool("EMAIL_USE_TLS", default=False),
            "timeout": env.int("EMAIL_TIMEOUT", default=10),
        },
    }
}

# "name:password" with which a mail provider tells, through the webhooks of django-anymail, what came back.
MAIL_EVENTS_SECRET = env("MAIL_EVENTS_SECRET", default="")
ANYMAIL = {"WEBHOOK_SECRET": MAIL_EVENTS_SECRET} if MAIL_EVENTS_SECRET else {}
