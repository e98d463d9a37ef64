"""The front page and the pages of plain information."""

from demo.builder.blocks import Words
from demo.builder.files import Record, records
from demo.builder.pages import publish, stand
from demo.builder.review import review_fields
from home.models import HomePage, InfoPage


def stand_info_pages(home: HomePage) -> None:
    for slug, info in records("info").items():
        stand(InfoPage, home, slug, {"title": info["title"]})


def publish_info_pages(home: HomePage, words: Words) -> None:
    for slug, info in records("info").items():
        publish(stand(InfoPage, home, slug, {}), _fields(slug, info, words))


def publish_front_page(home: HomePage, content: Record, words: Words) -> None:
    publish(
        home,
        {
            "title": content["title"],
            "heading": content["heading"],
            "summary": content["summary"],
            "search_description": content["search_description"],
            "seo_title": content["seo_title"],
            "first_step_page": words.page(content["first_step_page"]),
            "first_step_label": content["first_step_label"],
            "first_step_note": content["first_step_note"],
            "body": words.stream("home", content["body"]),
        },
    )


def _fields(slug: str, info: Record, words: Words) -> Record:
    return {
        "title": info["title"],
        "summary": info["summary"],
        "search_description": info.get("search_description", ""),
        "body": words.stream(slug, info["body"]),
        **review_fields(info),
    }
