"""What a link to a page looks like where somebody shares it."""

import hashlib
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError
from wagtail.models import Site

from home.models import BasePage, PracticeSettings
from home.renditions import SHARED
from home.sharing.drawing import SIZE, draw_card

OPEN_GRAPH_TYPES = {"MedicalWebPage": "article", "ProfilePage": "profile"}
DRAWING_VERSION = "1"


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
    picture: SharedPicture


@dataclass(frozen=True, slots=True)
class CardWords:
    """All that the drawn picture shows. Its address carries their digest, so it may be kept for ever."""

    title: str
    kicker: str
    practice: str

    @property
    def digest(self) -> str:
        words = "\0".join([DRAWING_VERSION, self.title, self.kicker, self.practice])
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    def draw(self) -> bytes:
        return draw_card(self.title, self.kicker, self.practice)


def words_of(page: BasePage, request: HttpRequest) -> CardWords:
    kind = str(page.kind_label)
    says_more = kind not in (page.share_title, str(BasePage.kind_label))
    practice = str(PracticeSettings.for_request(request).practice_name)
    return CardWords(page.share_title, kind if says_more else "", practice)


def card_of(page: BasePage, request: HttpRequest) -> ShareCard:
    return ShareCard(
        kind=OPEN_GRAPH_TYPES.get(page.schema_type, "website"),
        locale=to_locale(get_language() or ""),
        title=page.share_title,
        description=page.description or PracticeSettings.for_request(request).strapline,
        url=page.get_full_url(request) or "",
        picture=_chosen_picture(page, request) or _drawn_picture(page, request),
    )


def drawn_picture_address(page: BasePage, words: CardWords) -> str:
    return reverse("shared_picture", args=[page.pk, words.digest])


def _chosen_picture(page: BasePage, request: HttpRequest) -> SharedPicture | None:
    """The editors' picture; None where there is none, or its file is gone."""
    if page.social_image is None:
        return None
    try:
        rendition = page.social_image.get_rendition(SHARED)
    except (SourceImageIOError, FileNotFoundError):
        return None
    url = request.build_absolute_uri(rendition.url)
    return SharedPicture(url, rendition.width, rendition.height, page.social_image.default_alt_text)


def _drawn_picture(page: BasePage, request: HttpRequest) -> SharedPicture:
    words = words_of(page, request)
    site = Site.find_for_request(request)
    root = site.root_url if site else ""
    alt = _("%(title)s, from %(practice)s") % {"title": words.title, "practice": words.practice}
    return SharedPicture(f"{root}{drawn_picture_address(page, words)}", *SIZE, alt)
