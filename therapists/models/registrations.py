"""Registrations and qualifications. A profile without a verified registration in date is not public."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel
from wagtail.models import Orderable

from therapists.enums import RegistrationBody


class Registration(Orderable):
    therapist = ParentalKey(
        "therapists.TherapistPage", on_delete=models.CASCADE, related_name="registrations"
    )
    body = models.CharField(_("register"), max_length=10, choices=RegistrationBody)
    grade = models.CharField(_("grade"), max_length=80, blank=True, help_text=_("“Accredited member”."))
    number = models.CharField(_("registration number"), max_length=40)
    register_url = models.URLField(_("link to the public register"))
    verified_on = models.DateField(
        _("checked against the register on"),
        null=True,
        blank=True,
        help_text=_("Empty: not checked yet, and the profile stays hidden."),
    )
    expires_on = models.DateField(_("expires on"), null=True, blank=True)

    panels = [
        FieldRowPanel(["body", "grade"]),
        FieldRowPanel(["number", "register_url"]),
        FieldRowPanel(["verified_on", "expires_on"]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("registration")

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.grade}".strip()

    def clean(self) -> None:
        super().clean()
        if self.verified_on and not self.expires_on:
            raise ValidationError({"expires_on": _("Say until when the registration runs.")})

    def is_current(self, on: date) -> bool:
        """Return whether it is verified and in date: without either date it is not current."""
        return (
            self.verified_on is not None
            and self.verified_on <= on
            and self.expires_on is not None
            and self.expires_on >= on
        )


class Qualification(Orderable):
    therapist = ParentalKey(
        "therapists.TherapistPage", on_delete=models.CASCADE, related_name="qualifications"
    )
    title = models.CharField(_("qualification"), max_length=160)
    institution = models.CharField(_("from"), max_length=160, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    panels = ["title", FieldRowPanel(["institution", "year"])]

    class Meta(Orderable.Meta):
        verbose_name = _("qualification")

    def __str__(self) -> str:
        return self.title
