"""What a person can do about an e-mail that failed."""

from django.utils.translation import gettext_lazy

#: What errors mean, by their kinds as they are stored.
ERRORS_IN_WORDS = {
    "Bounced": gettext_lazy("It came back: the address does not exist, or takes nothing from us."),
    "NoAddress": gettext_lazy("The practice has no address for it: set one under Settings → Practice."),
    "ConnectionRefusedError": gettext_lazy(
        "The mail server did not take the call: look at EMAIL_HOST and EMAIL_PORT, and whether it runs."
    ),
    "gaierror": gettext_lazy("No mail server of that name is known: look at EMAIL_HOST."),
    "TimeoutError": gettext_lazy(
        "The mail server did not answer in time: look at EMAIL_HOST and EMAIL_PORT, and at the firewall."
    ),
    "SMTPAuthenticationError": gettext_lazy(
        "The mail server refused the name or the password: look at EMAIL_HOST_USER and EMAIL_HOST_PASSWORD."
    ),
    "SMTPNotSupportedError": gettext_lazy(
        "The mail server does not offer what was asked of it: look at EMAIL_USE_TLS, and at EMAIL_HOST_USER."
    ),
    "SSLError": gettext_lazy("No secure connection came about: look at EMAIL_PORT and EMAIL_USE_TLS."),
    "SSLCertVerificationError": gettext_lazy("The certificate of the mail server does not fit its name."),
    "SMTPSenderRefused": gettext_lazy("The mail server does not let you write as DEFAULT_FROM_EMAIL."),
    "SMTPRecipientsRefused": gettext_lazy(
        "The mail server refused the address that it should go to: look at it under Settings → Practice."
    ),
    "SMTPDataError": gettext_lazy("The mail server refused the e-mail itself."),
    "SMTPServerDisconnected": gettext_lazy(
        "The mail server hung up or said nothing: look at EMAIL_PORT and EMAIL_USE_TLS."
    ),
}
