"""What the whole site shares: the practice, urgent help and the way around."""

from typing import Any

from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

from demo.builder.blocks import Words
from demo.builder.files import Record, record
from demo.builder.images import uploaded
from home.models import CrisisHelp, Navigation, PracticeSettings


def build_settings(site: Site, words: Words) -> None:
    practice, help_now, navigation = record("practice"), record("crisis_help"), record("navigation")
    _save(
        PracticeSettings,
        site,
        practice
        | {
            "enquiry_page": words.page("/find-a-therapist/"),
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
            "page": words.page(help_now["page"]),
            "help_lines": words.stream("help", _typed("help_line", help_now["help_lines"])),
        },
    )
    _save(
        Navigation,
        site,
        {
            "header": words.stream("header", _typed("link", navigation["header"])),
            "footer": words.stream("footer", _typed("group", navigation["footer"])),
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
