from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from wagtail import hooks
from wagtail.admin.userbar import BaseItem
from wagtail.models import Page

from core.preview.front_end_preview import FRONT_END_MODE, FrontEndPreviewMixin
from core.preview.front_ends import origins


class DraftInFrontEndItem(BaseItem):
    """A link from a page, a draft or a revision under moderation to the same in the front end."""

    template_name = "wagtailadmin/userbar/item_draft_in_front_end.html"

    def __init__(self, page: Page, revision_id: int | None) -> None:
        self.page = page
        self.revision_id = revision_id

    @property
    def url(self) -> str:
        address = (
            reverse("wagtailadmin_pages:revisions_view", args=[self.page.pk, self.revision_id])
            if self.revision_id
            else reverse("wagtailadmin_pages:view_draft", args=[self.page.pk])
        )
        return f"{address}?{urlencode({'mode': FRONT_END_MODE})}"


@hooks.register("construct_wagtail_userbar")
def add_link_to_front_end(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    if not isinstance(page, FrontEndPreviewMixin) or page.pk is None:
        return
    permissions = page.permissions_for_user(request.user)
    may_open = permissions.can_edit() or permissions.can_publish()
    is_frame = getattr(request, "in_preview_panel", False)
    if may_open and not is_frame and FRONT_END_MODE in dict(page.preview_modes):
        items.append(DraftInFrontEndItem(page, getattr(request, "revision_id", None)))


@hooks.register("insert_editor_js")
def open_fields_from_previews() -> str:
    return format_html('<script type="module" src="{}"></script>', static("js/edit_field.js"))


@hooks.register("insert_editor_js")
def add_front_end_checks() -> str:
    return format_html('<script src="{}"></script>', static("js/front_end_checks.js")) if origins() else ""
