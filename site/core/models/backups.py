from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=400)


class BackupRunManager(models.Manager["BackupRun"]):
    def record(self, made_at: datetime, size: int) -> None:
        self.create(made_at=made_at, size=size)
        self.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()


class BackupRun(models.Model):
    """A backup that was written, read back and found right, wherever its files are by now."""

    made_at = models.DateTimeField(_("made"))
    size = models.PositiveBigIntegerField(_("size in bytes"))

    objects = BackupRunManager()

    class Meta:
        default_permissions = ()
        get_latest_by = "made_at"

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
