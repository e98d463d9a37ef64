from django.utils.translation import gettext_lazy as _

from home.models import BasePage


class TherapistIndexPage(BasePage):
    """The directory."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["therapists.TherapistPage"]
    max_count_per_parent = 1
    template = "pages/therapist_index_page.html"

    class Meta:
        verbose_name = _("therapist directory")
