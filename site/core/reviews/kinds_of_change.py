from django.db import models
from django.utils.translation import gettext_lazy as _


class KindOfChange(models.TextChoices):
    """What an editor says of words that differ from those that were reviewed."""

    SMALL = "small", _("A small correction: no reader would do or expect anything else.")
    NEEDS_REVIEW = "review", _("It needs review: readers are told that it awaits one.")
