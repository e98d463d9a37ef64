"""What the law wants told to whoever trusts the practice with their health stands in its words.

UK GDPR, articles 13 and 15 to 22, and the right to complain to the controller of the Data (Use and Access)
Act 2025. The demo's words, and the starter words of every owner.
"""

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

CONTENT = [settings.ROOT / "site" / app / "content" for app in ("demo", "new_practice")]

PRIVACY = {
    "the controller, and how to reach it": r"calls this the controller.*(?:mailto:|Write to the address)",
    "the lawful basis": r"article 6\(1\)\(a\)",
    "the condition for what is about health": r"article 9\(2\)\(a\)",
    "what does not rest on consent": r"article 6\(1\)\(f\).*article 9\(2\)\(g\)",
    "who reads it": r"Who reads it",
    "how long it is kept": r"How long we keep it",
    "processors": r"work for us under a contract|the companies that run its server",
    "transfers out of the country": r"outside the UK",
    "access": r"give you a copy",
    "correction and erasure": r"correct it, or erase it",
    "restriction and objection": r"stop using it for a while, or stop for good",
    "portability": r"another service can read",
    "withdrawal of consent": r"withdraw your consent at any time",
    "by when requests are answered": r"within a month",
    "that nothing is decided by software": r"Does software decide anything about me",
    "the automatic check of phrases": r"looks in your words for signs",
    "the limits of confidentiality": r"life is in danger.*a child or an adult.*court",
    "the practice's own route for complaints": r"complain to us.*30 days",
    "the regulator": r"ico\.org\.uk/make-a-complaint",
}
COMPLAINTS = {
    "how to complain": r"Write to",
    "about data, and by when": r"what we do with your data.*30 days",
    "the regulator": r"ico\.org\.uk/make-a-complaint",
    "about a therapist": r"professional body|register that your therapist is on",
    "that it harms nobody": r"no difference to how we treat you",
    "whom to turn to in danger": r"/get-help-now/",
}
CONSENT = {
    "that it is about health": r"about my health",
    "who sees what": r"not my name or how to reach me until",
    "until when": r"deleted at the latest",
    "the automatic check of phrases": r"looks in my words for signs of danger",
    "that it can be withdrawn": r"withdraw this consent at any time",
}


def lacks(words: str, elements: dict[str, str]) -> list[str]:
    return [name for name, pattern in elements.items() if not re.search(pattern, words, re.DOTALL)]


@pytest.mark.parametrize("folder", CONTENT, ids=["demo", "own practice"])
def test_the_words_on_privacy_consent_and_complaints_are_whole(folder: Path) -> None:
    consent = tomllib.loads((folder / "matching.toml").read_text())["consent_text"]
    missing = {
        "privacy": lacks((folder / "info/privacy.toml").read_text(), PRIVACY),
        "complaints": lacks((folder / "info/complaints.toml").read_text(), COMPLAINTS),
        "consent": lacks(consent, CONSENT),
    }
    assert missing == {"privacy": [], "complaints": [], "consent": []}
