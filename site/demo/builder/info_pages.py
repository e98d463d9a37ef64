"""The front page and the information pages."""

from demo.builder.content_files import Record, records
from demo.builder.publishing import create_draft, publish
from demo.builder.snippets import review_fields
from demo.builder.stream_content import ContentWriter
from home.models import HomePage, InfoPage


def create_info_page_drafts(home: HomePage) -> None:
    for slug, info in records("info").items():
        create_draft(InfoPage, home, slug, {"title": info["title"]})


def publish_info_pages(home: HomePage, writer: ContentWriter) -> None:
    for slug, info in records("info").items():
        publish(create_draft(InfoPage, home, slug, {}), _fields(slug, info, writer))


def publish_front_page(home: HomePage, content: Record, writer: ContentWriter) -> None:
    publish(
        home,
        {
            "title": content["title"],
            "heading": content["heading"],
            "summary": content["summary"],
            "search_description": content["search_description"],
            "seo_title": content["seo_title"],
            "first_step_page": writer.page(content["first_step_page"]),
            "first_step_label": content["first_step_label"],
            "first_step_note": content["first_step_note"],
            "body": writer.stream("home", content["body"]),
        },
    )


def _fields(slug: str, info: Record, writer: ContentWriter) -> Record:
    return {
        "title": info["title"],
        "summary": info["summary"],
        "search_description": info.get("search_description", ""),
        "body": writer.stream(slug, info["body"]),
        **review_fields(info),
    }
