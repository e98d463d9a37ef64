"""Links to pages and documents in rich text, as visitors see them."""

from wagtail.documents.models import AbstractDocument
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from core.linked_pages import linked_pages
from core.visibility import in_public_collections


class PublicPageLinkHandler(PageLinkHandler):
    """Renders a link to a page that is not public as plain text."""

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list[Page | None]:
        keys = [str(attrs.get("id")) for attrs in attrs_list]
        pages = linked_pages(int(key) for key in keys if key.isdigit())
        return [pages.get(int(key)) if key.isdigit() else None for key in keys]


class PublicDocumentLinkHandler(DocumentLinkHandler):
    """A link to a document of a private collection keeps its words and loses its address."""

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list[AbstractDocument | None]:
        documents = super().get_many(attrs_list)
        model = cls.get_model()
        readable = in_public_collections(model.objects.filter(pk__in=[file.pk for file in documents if file]))
        ids = set(readable.values_list("pk", flat=True))
        return [file if file and file.pk in ids else None for file in documents]
