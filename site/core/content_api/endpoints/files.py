"""`images/` and `documents/` of public collections."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from core.caching.surrogate_keys import SurrogateKeys
from core.content_api.filters import DeclaredFilters, DeclaredOrder, FullTextSearch, KeysFilter
from core.content_api.representation.absolute_urls import absolute
from core.content_api.representation.answer_types import Url
from core.content_api.representation.fields import PublicField
from core.content_api.representation.pictures import (
    Picture,
    PictureAddress,
    PictureHeight,
    PictureWidth,
)
from core.content_api.serializers import PublicSerializer
from core.content_api.viewsets import IMAGE_WIDTHS, PublicViewSet
from core.visibility import in_public_collections


class TagNamesField(PublicField):
    """The names of its tags, in alphabetical order."""

    def to_representation(self, value: Any) -> list[str]:
        return sorted(tag.name for tag in value.all())


class FileSerializer(PublicSerializer):
    tags = TagNamesField()


class ImageSerializer(FileSerializer):
    """Originals are nobody's: where Wagtail's own API gives the original, this gives the largest picture."""

    picture = serializers.SerializerMethodField()
    download_url = serializers.SerializerMethodField(help_text="The same as `src` of `picture`.")
    width = serializers.SerializerMethodField(help_text="Of what is at `download_url`, in pixels.")
    height = serializers.SerializerMethodField()

    def get_picture(self, image: Any) -> Picture:
        return Picture(image.pk)

    def get_download_url(self, image: Any) -> PictureAddress:
        return PictureAddress(self.get_picture(image))

    def get_width(self, image: Any) -> PictureWidth:
        return PictureWidth(self.get_picture(image))

    def get_height(self, image: Any) -> PictureHeight:
        return PictureHeight(self.get_picture(image))


class DocumentSerializer(FileSerializer):
    url = serializers.SerializerMethodField()
    download_url = serializers.SerializerMethodField(help_text="The same as `url`.")

    def get_url(self, document: Any) -> Url:
        return absolute(document.url, self.context["request"])

    def get_download_url(self, document: Any) -> Url:
        return self.get_url(document)


class FileFilters(django_filters.FilterSet):
    title = django_filters.CharFilter(lookup_expr="icontains", help_text="Part of the title")
    tag = KeysFilter(field_name="tags__name", distinct=True, help_text="Names of tags")


class FileViewSet(PublicViewSet):
    filter_backends = [DeclaredFilters, DeclaredOrder, FullTextSearch]
    filterset_class = FileFilters
    meta_fields = ["type", "detail_url", "tags", "download_url"]
    usual_order = ("title",)
    order_fields = ("id", "title", "created_at")

    def get_queryset(self) -> QuerySet[Any]:
        return in_public_collections(self.model.objects.prefetch_related("tags"))


class ImagesAPIViewSet(FileViewSet):
    """Pictures in collections that anyone may see."""

    one, many = "image", "images"
    model = get_image_model()
    base_serializer_class = ImageSerializer
    shared_parameters = (IMAGE_WIDTHS,)
    body_fields = ["id", "title", "width", "height", "credit", "picture"]
    listing_default_fields = [
        "id",
        "type",
        "detail_url",
        "tags",
        "download_url",
        "title",
        "width",
        "height",
        "picture",
    ]

    def name_record(self, shown: SurrogateKeys, pk: int) -> None:
        shown.add_image(pk)


class DocumentsAPIViewSet(FileViewSet):
    """Documents in collections that anyone may see."""

    one, many = "document", "documents"
    model = get_document_model()
    base_serializer_class = DocumentSerializer
    body_fields = ["id", "title", "url", "file_size"]
    listing_default_fields = ["id", "type", "detail_url", "tags", "download_url", "title", "url"]

    def name_record(self, shown: SurrogateKeys, pk: int) -> None:
        shown.add_document(pk)
