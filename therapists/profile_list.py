"""The list of profiles in the admin, with what those who keep them ask of each."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.widgets import Button
from wagtail.query import PageQuerySet

from core.visibility import public
from therapists.models import TherapistPage

#: Of Wagtail's own columns.
KEPT = ("bulk_actions", "title", "status")


def registered_until(profile: TherapistPage) -> date | str:
    day: date | None = profile.registered_until
    if day is None:
        return gettext("Not checked yet")
    return day if day >= timezone.localdate() else gettext("Ended on %s") % day.strftime("%d/%m/%Y")


def visibility(profile: TherapistPage) -> str:
    return gettext("Yes") if profile.is_visible else gettext("No")


def diary_today(profile: TherapistPage) -> str:
    diary = profile.availability_or_none
    return str(diary.status(timezone.localdate()).label) if diary else gettext("None")


class ProfileIndexView(IndexView):
    """Insurance is asked for and shown where somebody may see private records."""

    @property
    def shows_insurance(self) -> bool:
        return self.request.user.has_perm("therapists.view_therapistprivate")

    @cached_property
    def columns(self) -> list[Column]:
        shown = [
            *(column for column in self.base_columns if column.name in KEPT),
            Column(visibility, label=_("Visitors see it"), sort_key="is_visible"),
            Column(registered_until, label=_("Registered until"), sort_key="registered_until"),
            Column(diary_today, label=_("Diary today")),
            Column(
                "availability_or_none.confirmed_on",
                label=_("Diary confirmed on"),
                sort_key="availability__confirmed_on",
            ),
        ]
        insurance = Column("insured_until", label=_("Insured until"), sort_key="insured_until")
        return [*shown, insurance] if self.shows_insurance else shown

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Lead to the spreadsheet by its name: it belongs to whatever brings content in and out."""
        usual = super().header_more_buttons
        may_add = self.permission_policy.user_has_permission(self.request.user, "add")
        words = Button(_("Spreadsheet"), url=reverse("import_profiles"), icon_name="table", priority=30)
        return [*usual, words] if may_add else usual

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the actions on profiles, in place of those on pages of any kind."""
        return super().get_context_data(**kwargs) | {"model_opts": TherapistPage._meta}

    def search_queryset(self, queryset: PageQuerySet) -> PageQuerySet:
        """Find by words first where an order is asked for: a search knows none of these columns."""
        if not (self.is_searching and self.is_explicitly_ordered):
            return super().search_queryset(queryset)
        found = queryset.order_by().autocomplete(self.search_query)
        return queryset.filter(pk__in=[page.pk for page in found])

    def get_base_queryset(self) -> PageQuerySet:
        profiles = super().get_base_queryset().with_registration_end()
        visible = public(TherapistPage.objects.filter(pk=OuterRef("pk")))
        profiles = profiles.annotate(is_visible=Exists(visible.order_by()))
        if self.shows_insurance:
            profiles = profiles.annotate(insured_until=F("private__insurance_expires_on"))
        return profiles.select_related("availability").prefetch_related("availability__absences")
