"""The admin pages of the Matching team. No one else sees that they are there."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet

from core.admin.record_translations import RecordTranslationViewSet
from therapists.enquiries.access.team import may_break_glass, may_handle
from therapists.enquiries.admin.base import signed_in
from therapists.enquiries.admin.break_glass import BreakGlassListView
from therapists.enquiries.admin.counts_panel import EnquiryCountsPanel
from therapists.enquiries.admin.decisions import DecisionsView
from therapists.enquiries.admin.declining_proposals import DeclineProposalView
from therapists.enquiries.admin.mail import MailView
from therapists.enquiries.admin.own_page import send_own_page_view
from therapists.enquiries.admin.unsent_mail import UnsentMailView
from therapists.enquiries.models import EnquirySettingsTranslation
from therapists.enquiries.services.profile_proposals import register_proposals


class TeamMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_handle(request.user)


@hooks.register("register_admin_urls")
def enquiry_urls() -> list[URLPattern | URLResolver]:
    return [
        path("enquiries/", include("therapists.enquiries.admin.urls")),
        # Administrators' too, who are shown nothing of the others.
        path("e-mail/", MailView.as_view(), name="practice_mail"),
        # The team's too, and of no e-mail says to an administrator which enquiry it is about.
        path("e-mail/unsent/", UnsentMailView.as_view(), name="unsent_mail"),
        # Administrators' alone: the team has its inbox.
        path("break-glass/", BreakGlassListView.as_view(), name="break_glass_list"),
        # Of those who keep diaries.
        path("own-pages/<int:pk>/send/", send_own_page_view, name="send_own_page"),
        path("proposals/<int:pk>/decline/", DeclineProposalView.as_view(), name="decline_proposal"),
        path("kept-decisions/", DecisionsView.as_view(), name="kept_decisions"),
    ]


hooks.register("register_log_actions", register_proposals)


@hooks.register("register_admin_viewset")
def words_in_languages() -> ModelViewSet:
    return RecordTranslationViewSet("enquiries-in-languages", model=EnquirySettingsTranslation)


@hooks.register("register_admin_menu_item")
def enquiries_menu_item() -> MenuItem:
    return TeamMenuItem(
        _("Enquiries"), reverse("enquiries_admin:inbox"), name="enquiries", icon_name="mail", order=90
    )


@hooks.register("register_enquiries_menu_item")
def reports_menu_item() -> MenuItem:
    return MenuItem(_("How enquiries go"), reverse("enquiries_admin:reports"), order=20)


@hooks.register("register_enquiries_menu_item")
def team_menu_item() -> MenuItem:
    return MenuItem(_("Team and access"), reverse("enquiries_admin:team"), order=30)


@hooks.register("construct_homepage_panels")
def add_enquiry_counts(request: HttpRequest, panels: list[Component]) -> None:
    if may_handle(request.user):
        panels.append(EnquiryCountsPanel(signed_in(request)))


class DecisionsMenuItem(MenuItem):
    """Among the reports, where administrators find it, who do not see the inbox."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_handle(request.user) or may_break_glass(request.user)


class AdministratorsMenuItem(MenuItem):
    """Nobody else learns that there are any."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_break_glass(request.user)


@hooks.register("register_reports_menu_item")
def break_glass_menu_item() -> MenuItem:
    return AdministratorsMenuItem(
        _("Open an enquiry"), reverse("break_glass_list"), icon_name="warning", order=910
    )


@hooks.register("register_reports_menu_item")
def decisions_menu_item() -> MenuItem:
    return DecisionsMenuItem(
        _("Decisions that are kept"), reverse("kept_decisions"), icon_name="history", order=900
    )
