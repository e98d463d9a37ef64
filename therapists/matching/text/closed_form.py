"""What a visitor reads who sends an enquiry while nobody would hear of it."""

from django.utils.translation import gettext as _

from home.models import PracticeSettings


def closed_words(practice: PracticeSettings) -> str:
    """Return that nothing was sent, and how else to reach the practice where there is a way."""
    words = _("We cannot take enquiries here at the moment, so this has not been sent.")
    ways = [way for way in (practice.contact_phone, practice.contact_email) if way]
    if not ways:
        return words
    return _("%(words)s Please reach us another way: %(ways)s.") % {"words": words, "ways": ", ".join(ways)}
