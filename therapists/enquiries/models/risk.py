from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class RiskPhrase(models.Model):
    """Words after which a named person reads an enquiry first. They never block sending or label anyone."""

    wagtail_reference_index_ignore = True

    phrase = models.CharField(
        _("words"),
        max_length=80,
        unique=True,
        help_text=_("Plain words in small letters. “end my life” also finds “End  my life”."),
    )
    note = models.CharField(_("why it is here"), max_length=160, blank=True)

    panels = [FieldPanel("phrase"), FieldPanel("note")]

    class Meta:
        verbose_name = _("risk phrase")
        verbose_name_plural = _("risk phrases")
        ordering = ["phrase"]

    def __str__(self) -> str:
        return self.phrase

    def clean(self) -> None:
        super().clean()
        self.phrase = " ".join(self.phrase.casefold().split())
