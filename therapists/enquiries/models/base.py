from django.db import models


class PrivateModel(models.Model):
    """What every table of an enquiry shares: nothing of it is seen from elsewhere in the admin.

    Left out of Wagtail's reference index, or "used by" on a concern or a therapist would tell an editor that
    someone enquired. No default permissions: `roles` holds the only one there is.
    """

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        default_permissions = ()
