"""What words may be about: by the rules of this house and by the words that the practice added."""

from django.conf import settings

from core.caching.content_memory import remembered
from home.models import RiskPhrase
from home.urgent_help.groups import HelpGroup
from home.urgent_help.language_files import known_languages
from home.urgent_help.recogniser import OwnPhrase, recognise

#: Where the site has no language that has rules.
USUAL = "en"


def urgent_groups(text: str) -> frozenset[HelpGroup]:
    """Return the kinds of urgent help that the words may ask for. Of the words nothing is kept or logged."""
    return recognise(text, _languages(), _own_phrases()) if text.strip() else frozenset()


def _languages() -> list[str]:
    """Return each language of the site that has rules: people write in any of them, wherever they read."""
    codes = dict.fromkeys(code.partition("-")[0] for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES)
    return [code for code in codes if code in known_languages()] or [USUAL]


@remembered
def _own_phrases() -> list[OwnPhrase]:
    return RiskPhrase.objects.as_own_phrases()
