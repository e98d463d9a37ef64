import secrets
from collections.abc import Sequence
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from core.preview.tokens import LIFETIME, issue


def new_key() -> str:
    return secrets.token_urlsafe(16)


class DraftSnapshotQuerySet(models.QuerySet["DraftSnapshot"]):
    def current(self) -> Self:
        return self.filter(updated_at__gt=timezone.now() - LIFETIME)

    def outdated(self) -> Self:
        return self.filter(updated_at__lte=timezone.now() - LIFETIME)


class DraftSnapshot(models.Model):
    """A draft as one editor saw it last: what the API says of it, and nothing that it does not say."""

    key = models.CharField(primary_key=True, max_length=32, default=new_key, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    #: The page itself, or the one that a page never saved is to stand below.
    place = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    is_new = models.BooleanField()
    #: Follows what is typed. Otherwise it is of a stored version, which stays as it is.
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
        """Replaces the one before of the same page in the same editor's hands."""
        of_what = {
            "user_id": user_id,
            "content_type": ContentType.objects.get_for_model(page),
            "place_id": page.pk or page.get_parent().pk,
            "is_new": page.pk is None,
            "is_editing": is_editing,
        }
        seen = {"answer": answer, "failed_checks": list(failed_checks), "updated_at": timezone.now()}
        if not is_editing:
            return cls.objects.create(**of_what, **seen)
        snapshot, _is_new = cls.objects.update_or_create(**of_what, defaults=seen)
        return snapshot

    def token(self) -> str:
        return issue(self.key, self.type_label)

    @property
    def type_label(self) -> str:
        """“therapies.therapypage”, as front ends know it."""
        return f"{self.content_type.app_label}.{self.content_type.model}"

    def may_still_be_read(self) -> bool:
        """Whether its editor could open the same preview again at this moment."""
        if not self.user.has_perm("wagtailadmin.access_admin"):
            return False
        permissions = self.place.permissions_for_user(self.user)
        if self.is_new:
            return permissions.can_add_subpage()
        return permissions.can_edit() or permissions.can_publish()

    @property
    def page(self) -> Page | None:
        return None if self.is_new else self.place
