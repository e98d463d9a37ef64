"""What matching adds to the admin of the Matching team."""

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from therapists.enquiries.admin.forms import ActionForm
from therapists.matching.admin.rank_again import RankAgainForm
from therapists.matching.admin.suggestions import suggestions_panel


@hooks.register("register_admin_urls")
def matching_urls() -> list[URLPattern | URLResolver]:
    return [path("enquiries/", include("therapists.matching.admin.urls"))]


@hooks.register("register_enquiries_menu_item")
def batch_menu_item() -> MenuItem:
    return MenuItem(_("All waiting enquiries at once"), reverse("matching_admin:batch"), order=10)


@hooks.register("register_enquiry_action")
def rank_again_action() -> type[ActionForm]:
    return RankAgainForm


hooks.register("construct_enquiry_panel", suggestions_panel)
