from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.image_files import UnfitImageError, make_fit


class FitImageField(WagtailImageField):
    """Takes only files that every format can be made of, rewritten where need be: see `core.image_files`."""

    def check_image_pixel_size(self, f: Any) -> None:
        """Look at the header first. Wagtail unpacks the whole picture to learn its size."""
        try:
            make_fit(f)
        except UnfitImageError as error:
            raise ValidationError(error.message, code="unfit_image") from error


class PracticeImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = FitImageField(
                label=file.label, required=file.required, help_text=file.help_text, widget=file.widget
            )
