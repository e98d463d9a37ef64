"""The list at the top of an article: its own headings, and the sections that are made from facts."""

from django.utils.translation import gettext as _
from wagtail.blocks.stream_block import StreamValue

from core.blocks.sections import Section
from core.blocks.story import sections_of
from therapies.articles.article import TherapyArticle, WhatHelps


def therapy_sections(body: StreamValue, article: TherapyArticle, can_compare: bool) -> list[Section]:
    helps = article.helps_with
    return [
        *_present((helps, "about-helps-with", _("What it can help with"))),
        *sections_of(body),
        *_present(
            (article.other_facts, "about-facts", _("More about how it works")),
            (helps, "about-evidence", _("What the evidence says")),
            (can_compare, "about-comparing", _("Compare with another therapy")),
            (True, "about-therapists", _("Who offers it here")),
            (article.references, "about-sources", _("Sources")),
        ),
    ]


def concern_sections(
    body: StreamValue, helps: WhatHelps, has_narrower: bool, has_related: bool
) -> list[Section]:
    return [
        *sections_of(body),
        *_present(
            (helps.therapies, "about-therapies", _("Therapies that can help")),
            (True, "about-therapists", _("Therapists who help with this")),
            (has_narrower, "about-narrower", _("More particular concerns")),
            (has_related, "about-related", _("Often comes together with")),
            (helps.references, "about-sources", _("Sources")),
        ),
    ]


def _present(*sections: tuple[object, str, str]) -> list[Section]:
    return [Section(anchor, title) for shown, anchor, title in sections if shown]
