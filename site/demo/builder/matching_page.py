"""The page where an enquiry starts."""

from demo.builder.content_files import record
from demo.builder.publishing import create_draft, publish
from demo.builder.stream_content import ContentWriter
from home.models import HomePage
from therapists.matching.models import MatchingPage

RICH_TEXT = ["intro", "help_today_text", "under_age_text", "no_match_text", "thanks_text"]


def create_matching_page_draft(home: HomePage) -> MatchingPage:
    content = record("matching")
    return create_draft(
        MatchingPage,
        home,
        "find-a-therapist",
        {"title": content["title"], "consent_text": content["consent_text"]},
    )


def publish_matching_page(page: MatchingPage, writer: ContentWriter) -> None:
    content = record("matching")
    publish(page, content | {name: writer.rich_text(content[name]) for name in RICH_TEXT})
