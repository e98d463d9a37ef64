"""The default site is kept while there are enquiries: it holds the settings that they depend on."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from core.deletion import Instead, keep_while_needed
from therapists.enquiries.models import Enquiry


def keep_default_site() -> None:
    keep_while_needed(Site, _is_needed, _instead)


def _is_needed(site: Site) -> bool:
    return site.is_default_site and Enquiry.objects.exists()


def _instead(site: Site) -> Instead:
    words = _("It holds the settings of the practice. Change its address or its name instead.")
    return Instead(words, reverse("wagtailsites:edit", args=[site.pk]), _("The site"))
