from django.db import models


class PrivateModel(models.Model):
    """A table of an enquiry. Nothing of it is seen from elsewhere in the admin.

    It is left out of Wagtail's reference index, or "used by" on a concern or a therapist would show an
    editor that someone enquired. There are no default permissions: `Enquiry` has the only one.
    """

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        default_permissions = ()
