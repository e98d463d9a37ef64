"""The way from a therapy's page to its facts in the editor."""

from django.urls import reverse
from wagtail.admin.userbar import BaseItem
from wagtail.models import Page


class EditFactsItem(BaseItem):
    template_name = "wagtailadmin/userbar/item_edit_facts.html"

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def url(self) -> str:
        """Return the address of the list of facts, which the editor then opens and scrolls to."""
        return f"{reverse('wagtailadmin_pages:edit', args=[self.page.pk])}#:w:contentpath=values"
