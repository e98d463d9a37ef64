"""Links to pages in rich text, as visitors see them."""

from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from core.visibility import public


class PublicPageLinkHandler(PageLinkHandler):
    """Renders a link to a page that is not public as plain text."""

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list[Page | None]:
        pages = super().get_many(attrs_list)
        readable = public(Page.objects.filter(pk__in=[page.pk for page in pages if page]))
        ids = set(readable.values_list("pk", flat=True))
        return [page if page and page.pk in ids else None for page in pages]
