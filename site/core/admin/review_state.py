"""What a page's editor shows of its review: nothing of it can be typed there."""

from typing import Any

from wagtail.admin.panels import Panel

from core.reviews.review_lines import line_of
from core.reviews.words import words_digest


class ReviewStatePanel(Panel):
    """Says what readers are told, and leads clinical reviewers to signing the saved draft off."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/panels/review_state.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            page = self.instance
            is_signed = page.pk is not None and page.sign_off_of(words_digest(page)) is not None
            can_be_signed = page.latest_revision_id is not None and not is_signed and not page.alias_of_id
            return super().get_context_data(parent_context) | {
                "page": page,
                "was_reviewed": line_of(page).last_reviewed is not None,
                "is_signed": is_signed,
                "can_be_signed": can_be_signed,
                "may_sign": self.request.user.has_perm("core.sign_off_pages"),
            }
