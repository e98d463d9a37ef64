"""What matching adds to the admin of the Matching team."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from therapists.enquiries.admin.action_form import ActionForm
from therapists.enquiries.reach import who_is_missing
from therapists.matching.admin.rank_again import RankAgainForm
from therapists.matching.admin.suggestions import suggestions_panel
from therapists.matching.models import MatchingPage


@hooks.register("register_admin_urls")
def matching_urls() -> list[URLPattern | URLResolver]:
    return [path("enquiries/", include("therapists.matching.admin.urls"))]


@hooks.register("register_enquiries_menu_item")
def proposals_menu_item() -> MenuItem:
    return MenuItem(_("Proposals for all who wait"), reverse("matching_admin:proposals"), order=10)


@hooks.register("register_enquiries_menu_item")
def therapists_menu_item() -> MenuItem:
    return MenuItem(_("Therapists and their diaries"), reverse("matching_admin:therapists"), order=15)


@hooks.register("register_enquiry_action")
def rank_again_action() -> type[ActionForm]:
    return RankAgainForm


@hooks.register("before_edit_page")
def say_why_the_form_is_closed(request: HttpRequest, page: Page) -> None:
    if request.method != "GET" or not isinstance(page, MatchingPage):
        return
    if lacks := who_is_missing():
        words = _("Visitors find this form closed: nobody would hear of an enquiry. %(lacks)s")
        buttons = [messages.button(lack.address, lack.link) for lack in lacks]
        messages.warning(request, words % {"lacks": " ".join(lack.words for lack in lacks)}, buttons=buttons)


hooks.register("construct_enquiry_panel", suggestions_panel)
