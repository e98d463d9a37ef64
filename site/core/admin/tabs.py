"""The tabs of a page's editor."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, Panel, TabbedInterface
from wagtail.utils.decorators import cached_classmethod

type EditorTab = tuple[str | Promise, Sequence[Any]]


class TabbedEditor:
    """Builds the editor of a page type from its lists of panels.

    Wagtail's own `settings_panels` close every editor, and cannot be forgotten: without them a page type has
    no schedule, no expiry and no comments (wagtail issue 10117). Their tab shows no heading as long as they
    hold only what Wagtail shows elsewhere.
    """

    #: What the first tab, of the `content_panels`, is called.
    content_heading: ClassVar[str | Promise] = _("Content")
    #: The tabs between the content and promotion, each a heading and its panels.
    tabs: ClassVar[Sequence[EditorTab]] = ()

    content_panels: ClassVar[Sequence[Any]]
    promote_panels: ClassVar[Sequence[Any]]
    settings_panels: ClassVar[Sequence[Any]]
    base_form_class: ClassVar[Any]

    @cached_classmethod
    def get_edit_handler(cls) -> Panel:
        tabs: list[EditorTab] = [
            (cls.content_heading, cls.content_panels),
            *cls.tabs,
            (_("Promote"), cls.promote_panels),
            (_("Settings"), cls.settings_panels),
        ]
        editor = TabbedInterface(
            [ObjectList(panels, heading=heading) for heading, panels in tabs],
            base_form_class=cls.base_form_class,
        )
        return editor.bind_to_model(cls)
