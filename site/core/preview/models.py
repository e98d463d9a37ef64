import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from wagtail.models import Page

#: With the minutes until the next purge, nothing of a draft is kept for more than an hour.
LIFETIME = timedelta(minutes=55)


def new_key() -> str:
    return secrets.token_urlsafe(16)


class DraftSnapshotQuerySet(models.QuerySet["DraftSnapshot"]):
    def current(self) -> Self:
        return self.filter(updated_at__gt=timezone.now() - LIFETIME)

    def outdated(self) -> Self:
        return self.filter(updated_at__lte=timezone.now() - LIFETIME)


class DraftSnapshot(models.Model):
    """A draft as an editor last previewed it: what the API says of it, and nothing else."""

    key = models.CharField(primary_key=True, max_length=32, default=new_key, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    #: The page itself, or the parent of a page that was never saved.
    place = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    is_new = models.BooleanField()
    #: True for the preview beside the editor, which follows what is typed; False for a stored revision.
    is_editing = models.BooleanField()
    answer = models.TextField()
    failed_checks = ArrayField(models.CharField(max_length=40), default=list)
    updated_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = DraftSnapshotQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "content_type", "place", "is_new"],
                condition=models.Q(is_editing=True),
                name="one_snapshot_of_what_is_edited",
            )
        ]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def keep(
        cls, page: Page, user_id: int | None, *, is_editing: bool, answer: str, failed_checks: Sequence[str]
    ) -> Self:
        """Store a snapshot; of what is being edited, in place of the editor's last one."""
        identity = {
            "user_id": user_id,
            "content_type": ContentType.objects.get_for_model(page),
            "place_id": page.pk or page.get_parent().pk,
            "is_new": page.pk is None,
            "is_editing": is_editing,
        }
        contents = {"answer": answer, "failed_checks": list(failed_checks), "updated_at": timezone.now()}
        if not is_editing:
            return cls.objects.create(**identity, **contents)
        snapshot, _is_new = cls.objects.update_or_create(**identity, defaults=contents)
        return snapshot

    @property
    def type_label(self) -> str:
        """Return the type of the page as front ends know it: “therapies.therapypage”."""
        return f"{self.content_type.app_label}.{self.content_type.model}"

    def may_still_be_read(self) -> bool:
        """Return whether the editor may still open the same preview: not logged out, rights not withdrawn."""
        if not self.user.has_perm("wagtailadmin.access_admin"):
            return False
        permissions = self.place.permissions_for_user(self.user)
        if self.is_new:
            return permissions.can_add_subpage()
        return permissions.can_edit() or permissions.can_publish()

    @property
    def page(self) -> Page | None:
        return None if self.is_new else self.place
