from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class WorkplacePage(WagtailAdminTemplateMixin):
    """A page of the workplace: its trail leads back to the inbox."""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        title = str(self.get_page_title())
        inbox = {"url": reverse("enquiries_admin:inbox"), "label": _("Enquiries")}
        here = [] if title == inbox["label"] else [{"url": "", "label": title}]
        return [*self.breadcrumbs_items, inbox, *here]
