"""What a visitor reads while nobody would hear of an enquiry."""

from django.utils.translation import gettext as _

from home.models import PracticeSettings


def closed_words(practice: PracticeSettings) -> str:
    """Return that the form is closed, and how else to reach the practice where there is a way."""
    return _with_other_ways(_("We cannot take enquiries here at the moment."), practice)


def not_sent_words(practice: PracticeSettings) -> str:
    """Return the same to somebody who has just tried to send one."""
    words = _("We cannot take enquiries here at the moment, so this has not been sent.")
    return _with_other_ways(words, practice)


def _with_other_ways(words: str, practice: PracticeSettings) -> str:
    ways = [way for way in (practice.contact_phone, practice.contact_email) if way]
    if not ways:
        return words
    return _("%(words)s Please reach us another way: %(ways)s.") % {"words": words, "ways": ", ".join(ways)}
