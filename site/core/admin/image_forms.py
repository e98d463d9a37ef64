from typing import Any

from django.core.exceptions import ValidationError
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class WholeImageField(WagtailImageField):
    """Refuses what only begins like a picture. Wagtail looks at the first bytes; the rest fails later."""

    def to_python(self, data: Any) -> Any:
        try:
            upload = super().to_python(data)
            if upload is not None:
                self._read_to_the_end(upload)
        except (OSError, SyntaxError) as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error
        return upload

    def _read_to_the_end(self, upload: Any) -> None:
        """Its size is known to be within bounds by now."""
        upload.seek(0)
        Image.open(upload).load()
        upload.seek(0)


class PracticeImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = WholeImageField(
                label=file.label, required=file.required, help_text=file.help_text, widget=file.widget
            )
