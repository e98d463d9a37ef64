"""What belongs into the head of a page: for search engines, and for links that people share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypedDict

from rest_framework.request import Request

from core.caching.surrogate_keys import answer_keys
from core.content_api.representation.answer_types import Url, attribute_docstrings
from core.content_api.representation.deferred import Deferred, DeferredLoader, Stage
from core.content_api.representation.pictures import PublicImage
from core.models import BasePage, PracticeImage
from core.renditions import SHARED
from core.seo.page_graph import graph_of
from core.seo.publisher import publisher_of
from core.seo.share_card import shared_picture


class SharedPictureAnswer(TypedDict):
    """What is seen of the page where someone shares a link to it."""

    url: Url
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class PictureForSharing(Deferred[SharedPictureAnswer | None]):
    """The first of these images that is public and can be read."""

    stage: ClassVar[Stage] = Stage.PICTURES
    ids: tuple[int, ...]

    @property
    def images(self) -> list[PublicImage]:
        return [PublicImage(pk, (SHARED,)) for pk in self.ids]

    def needs(self) -> Iterable[Deferred[Any]]:
        return self.images

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: DeferredLoader) -> Mapping[Self, SharedPictureAnswer]:
        loaded = {}
        for wanted in deferred:
            pictures = (_picture(loader[image], loader.request) for image in wanted.images)
            if first := next(filter(None, pictures), None):
                loaded[wanted] = first
        return loaded


def _picture(image: PracticeImage | None, request: Request) -> SharedPictureAnswer | None:
    picture = shared_picture(image, request)
    if image is None or picture is None:
        return None
    answer_keys(request).add_image(image.pk)
    return {"url": picture.url, "width": picture.width, "height": picture.height, "alt": picture.alt}


@attribute_docstrings
class SeoAnswer(TypedDict):
    """For the head of the page."""

    title: str
    description: str
    canonical: Url
    picture: PictureForSharing | None
    """The page's own picture for sharing, or else the practice's."""
    structured_data: dict[str, Any]
    """JSON-LD for search engines: no more than the page says. Escape `<` where you write it into a page."""


def seo_answer(page: BasePage, request: Request) -> SeoAnswer:
    practice = publisher_of(request).picture
    images = tuple(pk for pk in (page.social_image_id, practice and practice.pk) if pk)
    return {
        "title": page.seo_title or page.title,
        "description": page.description,
        "canonical": page.get_canonical_url(request),
        "picture": PictureForSharing(images) if images else None,
        "structured_data": graph_of(page, request),
    }
