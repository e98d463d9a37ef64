from django.db import models


class ContentLoad(models.Model):
    """When which version of the demo content was loaded, so that the next start can skip it."""

    fingerprint = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        get_latest_by = "loaded_at"

    def __str__(self) -> str:
        return f"{self.fingerprint[:12]}, {self.loaded_at:%d %B %Y %H:%M}"
