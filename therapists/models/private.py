from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel

from core.phone_numbers import PhoneNumberField


class TherapistPrivate(models.Model):
    """What only the practice may know of a therapist.

    Not a child of the page: revisions, copies and previews would contain it. In no API, search index or
    public page.
    """

    therapist = models.OneToOneField(
        "therapists.TherapistPage",
        verbose_name=_("therapist"),
        on_delete=models.CASCADE,
        related_name="private",
    )
    offer_email = models.EmailField(
        _("e-mail for offers"), help_text=_("Where new enquiries are offered to the therapist.")
    )
    phone = PhoneNumberField(
        _("phone for first conversations"),
        blank=True,
        db_default="",
        help_text=_("Told to whoever is introduced and gave no number of their own."),
    )
    meeting_link = models.URLField(
        _("meeting link"),
        blank=True,
        db_default="",
        help_text=_("For video. Calendars show it: choose one that says nothing of therapy."),
    )
    insurance_expires_on = models.DateField(_("insurance runs until"), null=True, blank=True)
    supervision_confirmed_on = models.DateField(_("supervision confirmed on"), null=True, blank=True)
    verification_evidence = models.TextField(
        _("how this was checked"), blank=True, help_text=_("Who looked at which papers, and when.")
    )

    #: The links to their own page that were made before are dead.
    links_ended_at = models.DateTimeField(_("links ended"), null=True, blank=True, editable=False)

    panels = [
        "therapist",
        "offer_email",
        FieldRowPanel(["phone", "meeting_link"]),
        "insurance_expires_on",
        "supervision_confirmed_on",
        "verification_evidence",
    ]

    class Meta:
        verbose_name = _("private record")
        verbose_name_plural = _("private records")

    def __str__(self) -> str:
        return str(self.therapist)
