import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image, SourceImageIOError

from core.visibility import is_in_public_collection

logger = logging.getLogger(__name__)


class PracticeImage(AbstractImage):
    """An image with a description for its alternative text, and a credit."""

    credit = models.CharField(
        _("credit and licence"),
        max_length=255,
        blank=True,
        help_text=_("Who made it, and the licence it may be used under."),
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self) -> str:
        """Return the description, and never the file name, which helps nobody who hears it."""
        return self.description

    @property
    def is_public(self) -> bool:
        """Whether everyone may see it."""
        return is_in_public_collection(self)

    def generate_rendition_file(self, filter: Filter, **options: Any) -> Any:
        """Raise `SourceImageIOError` whatever is wrong with the file: Wagtail and we then show no picture."""
        try:
            return super().generate_rendition_file(filter, **options)
        except Exception as error:
            raise SourceImageIOError(repr(error)) from error

    def create_rendition(self, filter: Filter) -> AbstractRendition:
        with self._file_problems_logged():
            return super().create_rendition(filter)

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        with self._file_problems_logged():
            return super().create_renditions(*filters)

    @contextmanager
    def _file_problems_logged(self) -> Iterator[None]:
        """Those of reading the original, and of storing what was made of it."""
        try:
            yield
        except OSError as error:
            logger.error("The image %s (%s) cannot be shown: %s", self.pk, self.file.name, error)
            raise SourceImageIOError(str(error)) from error


class PracticeRendition(AbstractRendition):
    image = models.ForeignKey(PracticeImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta(AbstractRendition.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]
