"""The page where an enquiry starts."""

from demo.builder.blocks import Words
from demo.builder.files import record
from demo.builder.pages import publish, stand
from home.models import HomePage
from therapists.matching.models import MatchingPage

RICH_TEXT = ["intro", "help_today_text", "under_age_text", "no_match_text", "thanks_text"]


def stand_matching_page(home: HomePage) -> MatchingPage:
    content = record("matching")
    return stand(
        MatchingPage,
        home,
        "find-a-therapist",
        {"title": content["title"], "consent_text": content["consent_text"]},
    )


def publish_matching_page(page: MatchingPage, words: Words) -> None:
    content = record("matching")
    publish(page, content | {name: words.rich_text(content[name]) for name in RICH_TEXT})
