"""The buttons of a page's editor that hand in or publish: in what order, and what they say of the change."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from core.admin.review_forms import ASKING, PUBLISH, SUBMIT
from core.models import ReviewedPage
from core.reviews.kinds_of_change import KindOfChange

#: What a button says of the change, after what it does.
SHORT_LABELS = {
    KindOfChange.SMALL: gettext_lazy("a small correction"),
    KindOfChange.NEEDS_REVIEW: gettext_lazy("it needs review"),
}


class ChangeItem(ActionMenuItem):
    """A button that publishes or hands in, and says with that what kind of change it is."""

    template_name = "wagtailadmin/action_menu/change.html"

    class Media:
        css = {"all": ["admin_css/change_actions.css"]}

    def __init__(self, replaced: ActionMenuItem, kind: KindOfChange) -> None:
        super().__init__(order=replaced.order)
        self.name, self.icon_name = replaced.name, replaced.icon_name
        self.replaced, self.kind = replaced, kind

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        replaced = self.replaced.get_context_data(parent_context)
        label = _("Schedule to publish") if replaced.get("is_scheduled") else replaced["label"]
        said = SHORT_LABELS[self.kind]
        return context | {"label": f"{label}: {said}", "kind": self.kind.value}


def _asking(item: ActionMenuItem) -> Iterator[ActionMenuItem]:
    """Yield a button for each answer in place of an action that asks what kind of change it is."""
    if item.name not in ASKING:
        yield item
        return
    for kind in KindOfChange:
        yield ChangeItem(item, kind)


def ask_for_kind_of_change(items: list[ActionMenuItem], page: Page | None) -> None:
    """Let the buttons ask, where a page has words that were reviewed and nobody decides on a draft of it."""
    if not isinstance(page, ReviewedPage) or page.last_reviewed is None or page.workflow_in_progress:
        return
    items[:] = [button for item in items for button in _asking(item)]


def lead_with_handing_in(items: list[Any]) -> None:
    """Put handing in first for those who cannot publish. Drafts are saved by themselves."""
    if any(item.name == PUBLISH for item in items):
        return
    items.sort(key=lambda item: item.name != SUBMIT)
