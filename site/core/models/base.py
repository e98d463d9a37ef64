"""`BasePage`: what every page of the site has."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise, cached_property
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel
from wagtail.api import APIField
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageViewRestriction
from wagtail.search import index
from wagtail.url_routing import RouteResult

from core.admin.page_forms import PracticeCopyForm, PracticePageForm
from core.admin.tabs import TabbedEditor
from core.blocks.conditional import conditional_texts_in
from core.blocks.text_extraction import opening_words, pictures_in, questions_in
from core.conditional_text import ConditionalText
from core.content_api.representation.fields import PictureField
from core.models.drafts import ForgivingDraft
from core.models.images import PracticeImage
from core.models.other_names import names_in
from core.models.page_addresses import slug_of
from core.models.publication import PublicationRules
from core.models.reference_updates import update_references_of, without_reference_updates
from core.models.routed_pages import page_below, routed_ancestors
from core.preview.front_end_preview import FrontEndPreviewMixin
from core.preview.pointing import pointing_to_claims
from core.renditions import LARGEST_FIGURE, SHARED
from core.seo import structured_data as schema
from core.signals import page_stored
from core.visibility import is_public, is_withheld, public_ids

LONGEST_DESCRIPTION = 160
#: Fields that Wagtail stores on their own as it keeps drafts, locks and copies. None is indexed or shown.
BOOKKEEPING = frozenset(
    {
        "alias_of_id",
        "draft_title",
        "first_published_at",
        "has_unpublished_changes",
        "last_published_at",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        COMMENTS_RELATION_NAME,
    }
)


class BasePage(TabbedEditor, FrontEndPreviewMixin, PublicationRules, ForgivingDraft, Page):
    """The base of every page type. Abstract: Wagtail's swappable base page is experimental."""

    #: The kind of page in a visitor's words, for search results and lists.
    kind_label: str | Promise = _("Page")
    #: The heading above a group of search results of this kind.
    kind_heading: str | Promise = _("Other pages")
    #: The fields that hold other words for what the page is about: one name, or a list of them.
    other_name_fields: tuple[str, ...] = ()
    #: The type of the page at schema.org.
    schema_type = "WebPage"
    base_form_class = PracticePageForm
    copy_form_class = PracticeCopyForm
    #: The image field whose picture stands on a card of the page, and the role that it is shown in.
    card_picture = ("social_image", "social")
    #: Image fields that the sitemap lists, and the rendition of each.
    listed_pictures: Mapping[str, str] = {"social_image": SHARED}

    #: What is read together with the page when it is asked for.
    shown_with: tuple[str, ...] = ("social_image",)

    summary = models.TextField(
        _("summary"),
        max_length=320,
        blank=True,
        help_text=_(
            "One or two plain sentences. Shown at the top of the page, in lists and in search results."
        ),
    )
    social_image = models.ForeignKey(
        "core.PracticeImage",
        verbose_name=_("picture for sharing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where someone shares a link to this page."),
    )

    content_panels = [*Page.content_panels, "summary"]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel(["social_image"], heading=_("When this page is shared")),
    ]

    #: Wagtail would index the page as its row is stored, before its child rows are: `save` does it.
    search_auto_update = False
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.AutocompleteField("title"),
    ]
    api_fields = [APIField("summary"), APIField("social_image", serializer=PictureField("social"))]

    class Meta:
        abstract = True

    def _set_core_field_defaults(self) -> None:
        """Give it an address before Wagtail does, who leaves it without one for most scripts."""
        has_parent = bool(self.path or getattr(self, "_cached_parent_obj", None))
        if not self.slug and self.title and has_parent:  # type: ignore[has-type] # Wagtail’s fields
            self.slug = self._get_autogenerated_slug(slug_of(self.title))
        super()._set_core_field_defaults()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete it with all below it, or nothing: treebeard counts before a foreign key may refuse."""
        with transaction.atomic():
            return super().delete(*args, **kwargs)

    delete.alters_data = True  # type: ignore[attr-defined] # no template may call it

    def save(self, *args: Any, update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
        """Store the page and its child rows, index it once for searches and references, send `page_stored`.

        Not for Wagtail's own bookkeeping: it is stored from a page in memory that may hold a draft's words.
        An alias of an alias becomes one of the original, whose restrictions are its own (`core.visibility`).
        """
        original: Page | None = self.alias_of  # type: ignore[has-type] # a field of Wagtail's
        if original is not None and original.alias_of_id:
            self.alias_of = original.alias_of
        with transaction.atomic():
            with without_reference_updates():
                super().save(*args, update_fields=update_fields, **kwargs)
            if update_fields is not None and BOOKKEEPING.issuperset(update_fields):
                return
            update_references_of(self)
            page_stored.send(sender=type(self), instance=self)
            index.insert_or_update_object(
                self if update_fields is None else type(self).objects.get(pk=self.pk)
            )

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Lead to a page below as Wagtail does, with what `routed_pages` knows."""
        if not path_components:
            return super().route(request, path_components)
        slug, *below = path_components
        return page_below(self, slug, is_on_the_way=bool(below)).route(request, below)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not getattr(request, "is_preview", False) and is_withheld(self):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return pointing_to_claims(super().serve_preview(request, mode_name), request)

    @property
    def description(self) -> str:
        """Return the description for search engines and shared links."""
        return (
            self.search_description
            or self.summary
            or Truncator(self.opening_words).chars(LONGEST_DESCRIPTION)
        )

    @property
    def share_title(self) -> str:
        """Return the title for search engines and shared links, without the practice's name."""
        return self.seo_title or self.title

    def get_canonical_url(self, request: HttpRequest | None = None) -> str:
        """Return the one address of these words: of an alias, that of its original where that is public."""
        original = self.alias_of
        is_told = original is not None and is_public(original)
        page: Page = original.specific_deferred if is_told else self
        return page.get_full_url(request) or ""

    @property
    def canonical_url(self) -> str:
        """Return the same for templates."""
        return self.get_canonical_url()

    @property
    def also_called(self) -> list[str]:
        """Return other words that visitors use for the page's subject."""
        return names_in(getattr(self, field) for field in self.other_name_fields)

    def conditional_texts(self) -> Iterator[ConditionalText]:
        """Yield the words that the page shows only while other records are public.

        They are found by a search like those of `search_fields`, which holds the page's own words alone.
        """
        for field in self._meta.concrete_fields:
            if isinstance(field, StreamField):
                yield from conditional_texts_in(field.stream_block, getattr(self, field.name))

    @property
    def opening_words(self) -> str:
        """Return the first paragraph of the body, for pages without a summary."""
        return opening_words(self.story) if self.story else ""

    @property
    def shared_image(self) -> PracticeImage | None:
        return self.social_image if self.social_image and self.social_image.is_public else None

    @property
    def story(self) -> StreamValue | None:
        """Return the page's `body`, if it has one."""
        return getattr(self, "body", None)

    @cached_property
    def breadcrumbs(self) -> list[Page]:
        """Return the public ancestors, from the front page down."""
        ancestors = routed_ancestors(self)
        if ancestors is None:
            ancestors = list(self.get_ancestors().filter(depth__gt=1).specific(defer=True))
        readable = public_ids(page.pk for page in ancestors)
        return [page for page in ancestors if page.pk in readable]

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return those that apply. A public page has none: Wagtail need not ask of each page above it."""
        return PageViewRestriction.objects.none() if is_public(self) else super().get_view_restrictions()

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Add the pictures as (image id, rendition): the sitemap looks up those of all pages at once."""
        fields = [(f"{name}_id", size) for name, size in self.listed_pictures.items()]
        pictures = [(getattr(self, name), size) for name, size in fields if getattr(self, name)]
        if self.story:
            pictures += [(image, LARGEST_FIGURE) for image in pictures_in(self.story)]
        return [entry | {"pictures": pictures} for entry in super().get_sitemap_urls(request)]

    def is_shown_at(self, request: HttpRequest) -> bool:
        """Return whether the request is for the page's own URL: not a subroute or a preview of it."""
        parts = self.get_url_parts(request)
        return parts is not None and parts[2] == request.path and not getattr(request, "is_preview", False)

    def structured_data(self, request: HttpRequest) -> list[schema.Node]:
        """Return schema.org nodes, the page's own first. They say no more than a reader can see."""
        url = self.get_canonical_url(request)
        trail = [(page.title, page.get_full_url(request) or "") for page in self.breadcrumbs]
        questions = list(questions_in(self.story)) if self.story else []
        nodes = [
            schema.web_page(
                self.schema_type,
                url,
                name=self.share_title,
                description=self.description,
                language=get_language() or "",
                published=self.first_published_at,
                modified=self.last_published_at,
            ),
            schema.breadcrumbs(url, [*trail, (self.title, url)]),
        ]
        return [*nodes, schema.questions_and_answers(url, questions)] if questions else nodes
