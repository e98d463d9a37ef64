"""Open Graph data: how a link to a page looks where somebody shares it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language, to_locale
from wagtail.images.models import AbstractRendition, SourceImageIOError

from core.caching.content_memory import remembered
from core.content_api.representation.absolute_urls import absolute
from core.models import PracticeImage
from core.renditions import SHARED
from core.seo.publisher import publisher_of
from core.seo.shareable import Shareable

OPEN_GRAPH_TYPES = {"MedicalWebPage": "article", "ProfilePage": "profile"}


@dataclass(frozen=True, slots=True)
class SharedPicture:
    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class ShareCard:
    kind: str
    locale: str
    title: str
    description: str
    url: str
    picture: SharedPicture | None


def card_of(shareable: Shareable, request: HttpRequest) -> ShareCard:
    """Return what a shared link to `shareable` shows: its own picture, else the publisher's, else none."""
    publisher = publisher_of(request)
    return ShareCard(
        kind=OPEN_GRAPH_TYPES.get(shareable.schema_type, "website"),
        locale=to_locale(get_language() or ""),
        title=shareable.share_title,
        description=shareable.description or publisher.strapline,
        url=shareable.get_canonical_url(request),
        picture=shared_picture(shareable.shared_image, request) or shared_picture(publisher.picture, request),
    )


def shared_picture(image: PracticeImage | None, request: HttpRequest) -> SharedPicture | None:
    """Return None where there is no image, or none can be made of it: the link has no picture then."""
    if image is None:
        return None
    try:
        rendition = _as_shared(image)
    except SourceImageIOError:
        return None
    url = absolute(rendition.url, request)
    return SharedPicture(url, rendition.width, rendition.height, image.default_alt_text)


@remembered
def _as_shared(image: PracticeImage) -> AbstractRendition:
    """Return it as links show it: that of the practice stands for most pages."""
    return image.get_rendition(SHARED)
