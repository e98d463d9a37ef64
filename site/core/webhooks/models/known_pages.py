from django.db import models


class KnownPage(models.Model):
    """A public page as other front ends were last told of it. Only what is in here was ever told."""

    #: Not a foreign key: a page that is gone was known too.
    page_id = models.PositiveBigIntegerField(primary_key=True)
    type = models.CharField(max_length=100)
    url = models.TextField()
    path = models.TextField()
    parent_id = models.PositiveBigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    #: What the day decides of the page, without anyone storing it: see `days`.
    state = models.TextField(default="")

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.type} {self.page_id}"
