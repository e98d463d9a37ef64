"""A therapist proposes a change of their profile: a draft, which somebody publishes, or does not."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Revision
from wagtail.signals import page_published

from therapists.enquiries.services.diary_tasks import set_diary_task, settle_diary_tasks
from therapists.models import DiaryTask, DiaryTaskKind, TherapistPage
from therapists.profile_changes import Wishes

PROPOSED = "therapists.propose"


class ProfileClosed(Exception):
    """The practice works on the profile: it is locked, or somebody reads it before it is published."""


class ProfileChanged(Exception):
    """Somebody stored another draft since the therapist began to write."""


def is_closed(page: TherapistPage) -> bool:
    """Whether a new draft would be in the way, or be published with another by whoever approves that one."""
    return bool(page.locked or page.workflow_in_progress)


@transaction.atomic
def propose(therapist: TherapistPage, wishes: Wishes, began_with: int | None) -> list[str]:
    """Keep as a draft what a therapist wishes, and return the names of what changes. Visitors see none of it.

    `began_with` is the key of the draft that they saw. Raise ProfileClosed or ProfileChanged.
    """
    page = TherapistPage.objects.select_for_update(of=("self",)).get(pk=therapist.pk)
    if is_closed(page):
        raise ProfileClosed
    if page.latest_revision_id != began_with:
        raise ProfileChanged
    draft = page.get_latest_revision_as_object()
    changed = wishes.apply_to(draft)
    if changed:
        # What the draft lacks otherwise is no fault of the therapist: it is told to whoever publishes it.
        revision = draft.save_revision(clean=False)
        log(instance=page, action=PROPOSED, revision=revision, data={"fields": changed}, content_changed=True)
        set_diary_task(therapist, DiaryTaskKind.PROPOSED)
    return changed


def register_proposals(actions: LogActionRegistry) -> None:
    actions.register_action(
        PROPOSED, _("Propose a change"), _("The therapist proposed a change, by the link to their own page")
    )


def settle_as_profiles_are_published() -> None:
    page_published.connect(_published, sender=TherapistPage)


def _published(instance: TherapistPage, revision: Revision, **kwargs: Any) -> None:
    """Whoever publishes a draft made since has read the proposal. An older one, on schedule, says nothing."""
    task = DiaryTask.objects.open().filter(therapist=instance, kind=DiaryTaskKind.PROPOSED).first()
    if task and revision.created_at >= task.created_at:
        settle_diary_tasks(instance, [DiaryTaskKind.PROPOSED])
