from django.db import models


class KnownPage(models.Model):
    """A public page as it was last announced. A page without a row was never announced, or is gone."""

    #: Not a foreign key: the row outlives its page until the deletion is announced.
    page_id = models.PositiveBigIntegerField(primary_key=True)
    type = models.CharField(max_length=100)
    url = models.TextField()
    path = models.TextField()
    parent_id = models.PositiveBigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    #: What depends on the date: see `date_states`.
    state = models.TextField(default="")

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.type} {self.page_id}"
