"""The settings of the site: the practice, urgent help and the navigation."""

from typing import Any

from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

from demo.builder.content_files import Record, record
from demo.builder.stream_content import ContentWriter
from demo.builder.uploads import uploaded
from home.models import CrisisHelp, Navigation, PracticeSettings


def build_settings(site: Site, writer: ContentWriter) -> None:
    practice, help_now, navigation = record("practice"), record("crisis_help"), record("navigation")
    _save(
        PracticeSettings,
        site,
        practice
        | {
            "enquiry_page": writer.page("/find-a-therapist/"),
            "share_image": uploaded(**practice["share_image"]),
        },
    )
    _save(
        CrisisHelp,
        site,
        {
            "heading": help_now["heading"],
            "introduction": help_now["introduction"],
            "checked_on": help_now["checked_on"],
            "page": writer.page(help_now["page"]),
            "help_lines": writer.stream("help", _typed("help_line", help_now["help_lines"])),
        },
    )
    _save(
        Navigation,
        site,
        {
            "header": writer.stream("header", _typed("link", navigation["header"])),
            "footer": writer.stream("footer", _typed("group", navigation["footer"])),
        },
    )


def _typed(kind: str, values: list[Record]) -> list[Record]:
    return [{"type": kind, "value": value} for value in values]


def _save(kind: type[BaseSiteSetting], site: Site, fields: dict[str, Any]) -> None:
    setting = kind.for_site(site)
    for name, value in fields.items():
        setattr(setting, name, value)
    setting.full_clean()
    setting.save()
