"""What those who keep profiles do with many at once, from the list of profiles."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import LogActionRegistry, log
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.search.backends import get_search_backend

from core.admin.bulk_publishing import NotingPublication
from therapists.enums import PausedBy
from therapists.forms import day_of_return
from therapists.models import Availability, TherapistPage
from therapists.profile_filters import ProfileFilterSet

PAUSED, CONFIRMED = "therapists.pause_diary", "therapists.confirm_diary"
LINKS_ENDED = "therapists.end_links"


def register_actions(actions: LogActionRegistry) -> None:
    actions.register_action(PAUSED, _("Pause new clients"), _("Took no new clients from then"))
    actions.register_action(CONFIRMED, _("Confirm a diary"), _("Confirmed the diary"))
    actions.register_action(LINKS_ENDED, _("End links"), _("Ended the links to their own page"))


def confirm_diary(diary: Availability, by: User | AnonymousUser) -> None:
    diary.confirm(timezone.localdate())
    log(instance=diary, action=CONFIRMED, user=by)


class OfProfiles(BulkAction):
    """Offered in the list of profiles. “All in the list” are those that its search and filters leave."""

    @classproperty
    def models(cls) -> list[type[TherapistPage]]:
        return [TherapistPage]

    def get_all_objects_in_listing_query(self, parent_id: str | None) -> QuerySet[Any]:
        own = PagePermissionPolicy(TherapistPage).explorable_instances(self.request.user)
        profiles = TherapistPage.objects.filter(pk__in=own.values("pk"))
        profiles = ProfileFilterSet(self.request.GET, queryset=profiles, request=self.request).qs
        if words := self.request.GET.get("q", "").strip():
            found = get_search_backend().autocomplete(words, profiles)
            return profiles.filter(pk__in=[page.pk for page in found])
        return profiles


class PublishProfiles(OfProfiles, NotingPublication):
    """Wagtail's own, in this list."""


class UnpublishProfiles(OfProfiles, UnpublishBulkAction):
    """Wagtail's own, in this list."""


class OfDiaries(OfProfiles):
    template_name = "wagtailadmin/therapists/confirm_profile_action.html"

    def check_perm(self, page: TherapistPage) -> bool:
        may = self.request.user.has_perm("therapists.change_availability")
        return may and page.availability_or_none is not None

    def object_context(self, page: TherapistPage) -> dict[str, Any]:
        diary = page.availability
        status = diary.status(timezone.localdate()).label
        return super().object_context(page) | {"diary": diary, "status": status}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.display_name, "question": self.question, "agreement": self.agreement}
        return super().get_context_data(**kwargs) | words

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user, **self.cleaned_form.cleaned_data}


class ConfirmDiaries(OfDiaries):
    display_name = _("Confirm diaries")
    action_type = "confirm_diaries"
    aria_label = _("Confirm the diaries of the selected therapists")
    question = _("Did each of them tell you that their diary is right as of today?")
    agreement = _("Yes, confirm them as of today")
    action_priority = 10

    @classmethod
    def execute_action(cls, objects: list[TherapistPage], **context: Any) -> tuple[int, int]:
        for page in objects:
            confirm_diary(page.availability, context["user"])
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext(
            "%(count)s diary is confirmed.", "%(count)s diaries are confirmed.", num_parent_objects
        )
        return words % {"count": num_parent_objects}


class PauseUntilForm(forms.Form):
    until = forms.DateField(
        label=_("Until"),
        help_text=_("From that day on they are asked again. A pause that they have now ends."),
        widget=AdminDateInput,
        validators=[day_of_return],
    )


class PauseClients(OfDiaries):
    display_name = _("Pause new clients until …")
    action_type = "pause_clients"
    aria_label = _("Let the selected therapists take no new clients until a day")
    question = _("Until when do they take no new clients?")
    agreement = _("Pause new clients")
    action_priority = 20
    form_class = PauseUntilForm

    @classmethod
    def execute_action(cls, objects: list[TherapistPage], **context: Any) -> tuple[int, int]:
        until: date = context["until"]
        for page in objects:
            page.availability.pause(until, PausedBy.PRACTICE)
            log(
                instance=page.availability,
                action=PAUSED,
                user=context["user"],
                data={"until": until.isoformat()},
            )
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext(
            "%(count)s therapist takes no new clients until %(day)s.",
            "%(count)s therapists take no new clients until %(day)s.",
            num_parent_objects,
        )
        day = self.cleaned_form.cleaned_data["until"].strftime("%d/%m/%Y")
        return words % {"count": num_parent_objects, "day": day}


ACTIONS = (ConfirmDiaries, PauseClients, PublishProfiles, UnpublishProfiles)
