"""The settings of the site: the practice, urgent help and the navigation."""

from typing import Any

from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

from home.models import CrisisHelp, Navigation, PracticeSettings
from new_practice.loading.content_files import Record
from new_practice.loading.stream_content import ContentWriter


def build_settings(
    site: Site, writer: ContentWriter, *, practice: Record, help_now: Record, navigation: Record
) -> None:
    enquiry_page = {"enquiry_page": writer.page("/find-a-therapist/")}
    _store(PracticeSettings, site, practice | enquiry_page)
    _store(
        CrisisHelp,
        site,
        {
            "heading": help_now["heading"],
            "introduction": help_now["introduction"],
            "checked_on": help_now["checked_on"],
            "page": writer.page(help_now["page"]),
            "help_lines": writer.stream(CrisisHelp.help_lines, "help", help_now["help_lines"], "help_lines"),
        },
    )
    _store(
        Navigation,
        site,
        {
            "header": writer.stream(Navigation.header, "header", navigation["header"], "header"),
            "footer": writer.stream(Navigation.footer, "footer", navigation["footer"], "footer"),
        },
    )


def _store(kind: type[BaseSiteSetting], site: Site, fields: dict[str, Any]) -> None:
    setting = kind.for_site(site)
    for name, value in fields.items():
        setattr(setting, name, value)
    setting.full_clean()
    setting.save()
