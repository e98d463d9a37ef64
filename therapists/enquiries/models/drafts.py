from django.db import models
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models.base import PrivateModel


class EnquiryDraft(PrivateModel):
    """What a visitor has answered and not sent, for an hour: only their own browser has the key to it.

    See docs/decisions/sealed-drafts.md.
    """

    #: Made of the token in the visitor's cookie, as the key is: neither can be told from the other.
    name = models.CharField(_("name"), primary_key=True, max_length=64)
    sealed = models.BinaryField(_("answers"))
    expires_at = models.DateTimeField(_("expires"), db_index=True)

    #: A copy would outlive the hour.
    is_left_out_of_backups = True

    class Meta(PrivateModel.Meta):
        verbose_name = _("draft of an enquiry")

    def __str__(self) -> str:
        return "Draft"
