"""What words may be about: by the rules of this house and by the words that the practice added."""

from home.models import RiskPhrase
from home.urgent_help.groups import HelpGroup
from home.urgent_help.recogniser import recognise


def urgent_groups(text: str) -> frozenset[HelpGroup]:
    """Return the kinds of urgent help that the words may ask for. One query; nothing is kept or logged."""
    return recognise(text, RiskPhrase.objects.as_own_phrases()) if text.strip() else frozenset()
