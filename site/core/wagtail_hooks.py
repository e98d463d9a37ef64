from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from core.admin.alarms_panel import AlarmsPanel
from core.admin.bulk_publishing import PublishPages
from core.admin.change_actions import ask_for_kind_of_change, lead_with_handing_in
from core.admin.content_checks import PracticeContentChecker, failed_checks, words_found
from core.admin.deletions import (
    DeletePages,
    DeleteSnippets,
    DeleteUsers,
    refuse_page,
    refuse_snippets,
    refuse_user,
)
from core.admin.first_steps_panel import FirstStepsPanel
from core.admin.guide import GuideView
from core.admin.page_editor import PracticePageViewSet
from core.admin.page_warnings import tell
from core.admin.picture_report import PictureReport
from core.admin.report_menu import PageReportMenuItem, PictureReportMenuItem
from core.admin.review_report import ReviewReport
from core.admin.signing_off import SignOffView
from core.admin.unanswered_changes import note_on_unanswered_change
from core.admin.waiting_panel import WaitingPanel
from core.admin.waiting_report import WaitingReport
from core.caching.pages import ServePage, collecting_page_keys
from core.claims import claims_on
from core.health import late_revisions
from core.models.publication import PublicationRules
from core.preview.pointing import point_to_claims
from core.rich_text_links import PublicDocumentLinkHandler, PublicPageLinkHandler


@hooks.register("insert_global_admin_js")
def start_admin_widgets() -> SafeString:
    """Add the script that replaces Wagtail's inline scripts, which the security policy forbids."""
    return format_html('<script src="{}"></script>', static("js/start_admin_widgets.js"))


@hooks.register("insert_global_admin_js")
def keep_pasted_styles() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/paste_with_styles.js"))


@hooks.register("register_rich_text_features", order=10)  # after Wagtail's own handler, to take its place
def link_only_to_what_is_public(features: FeatureRegistry) -> None:
    features.register_link_type(PublicPageLinkHandler)
    features.register_link_type(PublicDocumentLinkHandler)


@hooks.register("on_serve_page")
def collect_surrogate_keys(serve: ServePage) -> ServePage:
    return collecting_page_keys(serve)


@hooks.register("after_publish_page")
def tell_of_publishing_and_scheduling(request: HttpRequest, page: Page) -> None:
    """Tell of the words that become public: where these wait for a day, `page` still has others."""
    later = page.scheduled_revision
    tell(request, later.as_object() if later else page)


@hooks.register("after_copy_page")
def tell_of_a_copy(request: HttpRequest, page: Page, copied: Page) -> None:
    """An alias is public at once where its original is, and no signal tells of it."""
    if copied.live:
        tell(request, copied)


@hooks.register("before_edit_page")
def tell_reviewers(request: HttpRequest, page: Page) -> None:
    """Tell whoever opens what was handed in, before they decide."""
    if request.method != "GET" or not page.workflow_in_progress:
        return
    tell(request, page.get_latest_revision_as_object())
    for note in note_on_unanswered_change(page):
        messages.warning(request, note)
    revision = page.latest_revision
    if isinstance(page, PublicationRules) and (why := page.unfit_because(revision)):
        words = _("It cannot be published as it is. %(why)s")
        messages.error(request, words % {"why": " ".join(why)})


@hooks.register("before_edit_page")
def tell_why_it_is_not_public(request: HttpRequest, page: Page) -> None:
    """Tell whoever opens a page that was to be public by now what keeps it from that."""
    late = late_revisions().filter(pk__in=page.revisions.values("pk")).first()
    if request.method == "GET" and late and isinstance(page, PublicationRules):
        why = " ".join(page.unfit_because(late)) or _("No background worker runs.")
        words = _("This page was to be public by now, and is not. %(why)s")
        messages.error(request, words % {"why": why})


@hooks.register("register_admin_urls")
def guide_url() -> list[URLPattern]:
    return [path("guide/", GuideView.as_view(), name="editors_guide")]


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    signing = "pages/<int:page_id>/sign-off/<int:revision_id>/"
    return [
        path(signing, SignOffView.as_view(), name="sign_off"),
        path("reports/reviews/", ReviewReport.as_view(), name="reviews"),
        path("reports/waiting/", WaitingReport.as_view(), name="waiting_pages"),
        path(
            "reports/waiting/results/", WaitingReport.as_view(results_only=True), name="waiting_pages_results"
        ),
        path("reports/pictures/", PictureReport.as_view(), name="pictures_without_words"),
        path(
            "reports/pictures/results/",
            PictureReport.as_view(results_only=True),
            name="pictures_without_words_results",
        ),
        path("reports/reviews/results/", ReviewReport.as_view(results_only=True), name="reviews_results"),
    ]


@hooks.register("register_reports_menu_item")
def reviews_menu_item() -> MenuItem:
    return PageReportMenuItem(_("Reviews"), reverse("reviews"), icon_name="check", order=50)


@hooks.register("register_reports_menu_item")
def waiting_pages_menu_item() -> MenuItem:
    label, address = WaitingReport.page_title, reverse("waiting_pages")
    return PageReportMenuItem(label, address, name="waiting-pages", icon_name="list-ul", order=40)


@hooks.register("register_reports_menu_item")
def pictures_menu_item() -> MenuItem:
    label, address = PictureReport.page_title, reverse("pictures_without_words")
    return PictureReportMenuItem(label, address, name="pictures-without-words", icon_name="image", order=60)


@hooks.register("register_log_actions")
def signing_off_is_logged(actions: LogActionRegistry) -> None:
    actions.register_action("core.sign_off", _("Sign off"), _("Signed off"))


@hooks.register("register_help_menu_item")
def guide_menu_item() -> MenuItem:
    return MenuItem(
        _("Guide for editors"), reverse("editors_guide"), name="editors-guide", icon_name="help", order=10
    )


@hooks.register("construct_homepage_panels")
def add_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    keeps_accounts = request.user.has_perm("auth.change_user")
    panels.append(AlarmsPanel(is_for_superuser=request.user.is_superuser, shows_links=keeps_accounts))
    if isinstance(request.user, User):
        panels.append(WaitingPanel(request.user))
    if keeps_accounts:
        panels.append(FirstStepsPanel())


@hooks.register("register_admin_viewset")
def editor_of_pages() -> PracticePageViewSet:
    return PracticePageViewSet()


@hooks.register("construct_page_action_menu")
def order_actions_of_pages(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    if context["view"] == "edit":
        lead_with_handing_in(items)
        ask_for_kind_of_change(items, context["page"])


@hooks.register("construct_snippet_action_menu")
def order_actions_of_snippets(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """A source is written in one sitting, so a new one can be handed in at once too."""
    lead_with_handing_in(items)


@hooks.register("construct_wagtail_userbar")
def use_practice_content_checker(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """Use our content checks. A preview in a front end has stored which failed; else the page is checked."""
    stored: list[str] | None = getattr(request, "failed_checks", None)
    for number, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            claims = claims_on(page) if page is not None and stored is None else []
            failed = failed_checks(page, claims) if stored is None else stored
            items[number] = PracticeContentChecker(
                failed,
                in_editor=item.in_editor,
                words=words_found(claims),
                points_to_words=point_to_claims(request, claims),
            )


hooks.register("before_delete_page", refuse_page)
hooks.register("before_delete_snippet", refuse_snippets)
hooks.register("before_delete_user", refuse_user)
for in_place_of_wagtails in (DeletePages, DeleteSnippets, DeleteUsers, PublishPages):
    hooks.register("register_bulk_action", in_place_of_wagtails, order=10)
