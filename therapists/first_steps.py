"""A practice opens with at least one therapist whose registration was checked."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from core.admin.first_steps_panel import Missing, register_first_step
from therapists.models import TherapistIndexPage, TherapistPage


@register_first_step(40, gettext_lazy("Show a therapist with a checked registration"))
def therapist(site: Site) -> Missing | None:
    real = TherapistPage.objects.filter(is_sample=False)
    if real.published().exists():
        return None
    begun = real.order_by("-live", "pk").first()
    if begun:
        return Missing(
            _("Visitors cannot see %(name)s yet. Check the registration, and publish.")
            % {"name": begun.title},
            reverse("wagtailadmin_pages:edit", args=[begun.pk]),
        )
    directory = TherapistIndexPage.objects.first()
    if directory is None:
        return Missing(
            _("There is no directory yet: add one below the front page."),
            reverse("wagtailadmin_explore", args=[site.root_page_id]),
        )
    return Missing(
        _("Write a profile with the registration, and the day on which you looked it up."),
        reverse("wagtailadmin_pages:add", args=["therapists", "therapistpage", directory.pk]),
    )
