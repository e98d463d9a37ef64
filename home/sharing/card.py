"""What a link to a page looks like where somebody shares it."""

import hashlib
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError

from home.api.links import absolute
from home.models import BasePage, PracticeSettings
from home.renditions import SHARED
from home.sharing.drawing import SIZE, draw_card
from home.sharing.subject import Subject

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


def words_of(subject: Subject, request: HttpRequest) -> CardWords:
    kind = str(subject.kind_label)
    says_more = kind not in (subject.share_title, str(BasePage.kind_label))
    practice = str(PracticeSettings.for_request(request).practice_name)
    return CardWords(subject.share_title, kind if says_more else "", practice)


def card_of(subject: Subject, request: HttpRequest) -> ShareCard:
    return ShareCard(
        kind=OPEN_GRAPH_TYPES.get(subject.schema_type, "website"),
        locale=to_locale(get_language() or ""),
        title=subject.share_title,
        description=subject.description or PracticeSettings.for_request(request).strapline,
        url=subject.get_full_url(request) or "",
        picture=_chosen_picture(subject, request) or _drawn_picture(subject, request),
    )


def _chosen_picture(subject: Subject, request: HttpRequest) -> SharedPicture | None:
    """The editors' picture; None where there is none, not everyone may see it, or its file is gone."""
    image = subject.shared_image
    if image is None:
        return None
    try:
        rendition = image.get_rendition(SHARED)
    except (SourceImageIOError, FileNotFoundError):
        return None
    url = absolute(rendition.url, request)
    return SharedPicture(url, rendition.width, rendition.height, image.default_alt_text)


def _drawn_picture(subject: Subject, request: HttpRequest) -> SharedPicture:
    words = words_of(subject, request)
    url = absolute(subject.drawing_address(words.digest), request)
    alt = _("%(title)s, from %(practice)s") % {"title": words.title, "practice": words.practice}
    return SharedPicture(url, *SIZE, alt)
