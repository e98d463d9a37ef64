"""What matching adds to the workplace of the Matching team."""

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def matching_urls() -> list[URLPattern | URLResolver]:
    return [path("enquiries/", include("therapists.matching.admin.urls"))]


@hooks.register("register_enquiries_menu_item")
def batch_menu_item() -> MenuItem:
    return MenuItem(_("All waiting enquiries at once"), reverse("matching_admin:batch"), order=10)
