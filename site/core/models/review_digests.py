from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.outbox.models import Outgoing, OutgoingQuerySet


class ReviewDigest(Outgoing):
    """An e-mail that tells one person which pages are due for review. What it says is found as it is sent."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    week = models.DateField()

    objects = OutgoingQuerySet["ReviewDigest"].as_manager()

    class Meta(Outgoing.Meta):
        verbose_name = _("digest of reviews")
        verbose_name_plural = _("digests of reviews")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["recipient", "week"], name="one_digest_of_reviews_a_week")
        ]
