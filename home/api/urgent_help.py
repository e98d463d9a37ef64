"""Urgent help where somebody's words may ask for it."""

from collections.abc import Collection
from typing import Annotated, Any, TypedDict

from django.http import HttpRequest
from wagtail.models import Site

from core.content_api.representation.answer_types import attribute_docstrings
from core.content_api.representation.block_types import ValueOf
from core.content_api.representation.block_values import represent_stream
from core.content_api.representation.links import PageLink
from home.help_lines import in_order
from home.models import CrisisHelp
from home.models.urgent_help import HelpLineBlock
from home.urgent_help.groups import HelpGroup


@attribute_docstrings
class UrgentHelpAnswer(TypedDict):
    """Show it first: the words may ask for help now. It is no diagnosis, and nothing is kept."""

    groups: list[HelpGroup]
    """What the words may be about."""
    help_lines: list[Annotated[Any, ValueOf(HelpLineBlock)]]
    """Those for these words first."""
    page: PageLink | None


def urgent_help(request: HttpRequest, groups: Collection[HelpGroup]) -> UrgentHelpAnswer | None:
    site = Site.find_for_request(request)
    if not groups or site is None:
        return None
    crisis = CrisisHelp.localized_for_site(site)
    values = [block["value"] for block in represent_stream(crisis.help_lines)]
    return {
        "groups": [group for group in HelpGroup if group in groups],
        "help_lines": in_order(values, lambda value: value, groups),
        "page": PageLink(crisis.page_id) if crisis.page_id else None,
    }
