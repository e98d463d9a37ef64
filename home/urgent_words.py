"""What words may be about: by the rules of this house and by the words that the practice added."""

from core.caching.content_memory import remembered
from home.models import RiskPhrase
from home.urgent_help.groups import HelpGroup
from home.urgent_help.recogniser import OwnPhrase, recognise


def urgent_groups(text: str) -> frozenset[HelpGroup]:
    """Return the kinds of urgent help that the words may ask for. Of the words nothing is kept or logged."""
    return recognise(text, _own_phrases()) if text.strip() else frozenset()


@remembered
def _own_phrases() -> list[OwnPhrase]:
    return RiskPhrase.objects.as_own_phrases()
