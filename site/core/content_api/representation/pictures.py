"""Pictures in answers: alternative text, size, and the URLs of renditions by role."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self, TypedDict

from rest_framework.request import Request
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, SourceImageIOError

from core.caching.content_memory import remembered_by_id
from core.caching.surrogate_keys import answer_keys
from core.content_api.representation.absolute_urls import absolute
from core.content_api.representation.answer_types import Url, attribute_docstrings
from core.content_api.representation.deferred import Deferred, DeferredLoader, Stage
from core.renditions import FORMATS, OPERATIONS, filter_of, filter_specs, specs_of_width
from core.visibility import in_public_collections

RULES = {f"image/{image_format}": f"format-{image_format}" for image_format in FORMATS}
SOURCE = "max-1440x1440|format-jpeg|bgcolor-ffffff"


@attribute_docstrings
class FocalPoint(TypedDict):
    """Where the subject is, as fractions of the width and height from the top left corner."""

    x: float
    y: float


@attribute_docstrings
class PictureAnswer(TypedDict):
    """A picture in ready-made sizes."""

    id: int
    alt: str
    """What stands in for the picture. Empty where it only decorates."""
    width: int
    """Of `src`, in pixels."""
    height: int
    focal_point: FocalPoint | None
    src: Url
    """A JPEG of at most 1440 by 1440, for whatever knows no `srcset`."""
    srcset: dict[str, dict[str, str]]
    """By the part that the picture plays (`figure`, `portrait_card`) and by media type, for a `source`.

    `widths` is the whole picture in those of `image_widths`.
    """
    formats: list[str]
    """The media types in `srcset`, the one to prefer first."""


def rules_of(roles: Sequence[str]) -> list[str]:
    """Return the filter specs of all renditions of these roles, to be read or made in one call."""
    return [SOURCE, *(spec for role in roles for spec in filter_specs(role))]


def image_widths(request: Request) -> Sequence[int]:
    """Return the widths that the request asks for. The endpoint has checked that they are in the settings."""
    return getattr(request, "image_widths", ())


def rules_of_widths(request: Request) -> list[str]:
    return [spec for width in image_widths(request) for spec in specs_of_width(width)]


def focal_point(image: AbstractImage) -> FocalPoint | None:
    point = image.get_focal_point()
    if point is None:
        return None
    return {"x": round(point.centroid_x / image.width, 4), "y": round(point.centroid_y / image.height, 4)}


def picture(
    image: AbstractImage, roles: Sequence[str], request: Request, alt: str | None = None
) -> PictureAnswer | None:
    """Return None where none can be made of the file. The caller makes sure that the image is public."""
    try:
        renditions = image.get_renditions(*map(filter_of, [*rules_of(roles), *rules_of_widths(request)]))
    except SourceImageIOError:
        return None
    source = renditions[SOURCE]
    sizes = {role: OPERATIONS[role] for role in roles}
    if widths := image_widths(request):
        sizes["widths"] = [f"width-{width}" for width in widths]
    answer_keys(request).add_image(image.pk)
    return {
        "id": image.pk,
        "alt": image.default_alt_text if alt is None else alt,
        "width": source.width,
        "height": source.height,
        "focal_point": focal_point(image),
        "src": absolute(source.url, request),
        "srcset": {
            part: {
                media_type: _srcset([renditions[f"{size}|{rule}"] for size in of_part], request)
                for media_type, rule in RULES.items()
            }
            for part, of_part in sizes.items()
        },
        "formats": list(RULES),
    }


def _srcset(renditions: Sequence[Any], request: Request) -> str:
    by_width = {
        rendition.width: rendition.url for rendition in renditions
    }  # a small original is not enlarged
    return ", ".join(f"{absolute(url, request)} {width}w" for width, url in sorted(by_width.items()))


def public_images(ids: set[int], rules: list[str]) -> dict[int, AbstractImage]:
    """Return public images with their renditions: one query, and a second for images without any."""
    model = get_image_model()
    public = in_public_collections(model.objects.filter(pk__in=ids))
    rendition = model.get_rendition_model()
    images: dict[int, AbstractImage] = {}
    for made in rendition.objects.filter(image__in=public, filter_spec__in=rules).select_related("image"):
        image = images.setdefault(made.image_id, made.image)
        image.prefetched_renditions = [*getattr(image, "prefetched_renditions", []), made]
    if ids - images.keys():
        images |= public.exclude(pk__in=images).in_bulk()
    return images


@dataclass(frozen=True)
class PublicImage(Deferred[Any]):
    """An image with its renditions, or None unless its collection is public."""

    stage: ClassVar[Stage] = Stage.IMAGES
    pk: int
    rules: tuple[str, ...]

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: DeferredLoader) -> Mapping[Self, AbstractImage]:
        of_widths = tuple(rules_of_widths(loader.request))
        asked = {wanted: replace(wanted, rules=wanted.rules + of_widths) for wanted in deferred}
        images = images_with_renditions(asked.values())
        return {wanted: images[by] for wanted, by in asked.items() if by in images}


@remembered_by_id
def images_with_renditions(asked: Collection[PublicImage]) -> Mapping[PublicImage, AbstractImage]:
    rules = {rule for image in asked for rule in image.rules}
    images = public_images({image.pk for image in asked}, sorted(rules))
    return {image: images[image.pk] for image in asked if image.pk in images}


@dataclass(frozen=True)
class Picture(Deferred[PictureAnswer | None]):
    """None unless the image's collection is public."""

    stage: ClassVar[Stage] = Stage.PICTURES
    pk: int
    roles: tuple[str, ...] = ("figure",)
    alt: str | None = None

    @property
    def image(self) -> PublicImage:
        return PublicImage(self.pk, tuple(rules_of(self.roles)))

    def needs(self) -> Iterable[Deferred[Any]]:
        return [self.image]

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: DeferredLoader) -> Mapping[Self, PictureAnswer | None]:
        images = {wanted: loader[wanted.image] for wanted in deferred}
        return {
            wanted: picture(image, wanted.roles, loader.request, wanted.alt)
            for wanted, image in images.items()
            if image
        }


@dataclass(frozen=True)
class PicturePart[Answer](Deferred[Answer]):
    """One member of a picture, or None where the picture is."""

    stage: ClassVar[Stage] = Stage.MADE_OF_OTHERS
    member: ClassVar[str]
    picture: Picture

    def needs(self) -> Iterable[Deferred[Any]]:
        return [self.picture]

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: DeferredLoader) -> Mapping[Self, Any]:
        pictures: dict[Self, Any] = {part: loader[part.picture] for part in deferred}
        return {part: shown[cls.member] for part, shown in pictures.items() if shown}


class PictureAddress(PicturePart[Url | None]):
    member = "src"


class PictureWidth(PicturePart[int | None]):
    member = "width"


class PictureHeight(PicturePart[int | None]):
    member = "height"


@dataclass(frozen=True)
class Caption(Deferred[str]):
    """The words below a picture, and none where the picture is not shown."""

    stage: ClassVar[Stage] = Stage.MADE_OF_OTHERS
    words: str
    picture: Picture | None

    def needs(self) -> Iterable[Deferred[Any]]:
        return [self.picture] if self.picture else []

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: DeferredLoader) -> Mapping[Self, str]:
        return {
            caption: caption.words if caption.picture and loader[caption.picture] else ""
            for caption in deferred
        }
