"""A therapist proposes a change of their profile: a draft, which somebody publishes, or does not."""

from dataclasses import asdict
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import MessageKind
from therapists.enquiries.services.diary_tasks import set_diary_task, settle_diary_tasks
from therapists.models import DiaryTask, DiaryTaskKind, TherapistPage
from therapists.models.diary_tasks import DiaryTaskQuerySet
from therapists.profile_changes import Proposed, Taken, Wishes, said_by

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
    before = said_by(draft)
    changed = wishes.apply_to(draft)
    if changed:
        # What the draft lacks otherwise is no fault of the therapist: it is told to whoever publishes it.
        revision = draft.save_revision(clean=False)
        log(instance=page, action=PROPOSED, revision=revision, data={"fields": changed}, content_changed=True)
        after = said_by(draft)
        fields = {name: [before[name], after[name]] for name in changed}
        _keep_open(page, Proposed(began_with, revision.pk, fields))
    return changed


def _keep_open(page: TherapistPage, proposed: Proposed) -> None:
    """Set the task to read it, with all that was proposed since somebody last did."""
    set_diary_task(page, DiaryTaskKind.PROPOSED)
    task = open_proposals().get(therapist=page)
    if task.proposed:
        proposed = Proposed(**task.proposed).and_then(proposed)
    task.proposed = asdict(proposed)
    task.save(update_fields=["proposed"])


def open_proposals() -> DiaryTaskQuerySet:
    return DiaryTask.objects.open().filter(kind=DiaryTaskKind.PROPOSED)


def note_on_a_proposal(page: Page) -> list[str]:
    """Return what to know before the newest draft of a profile is published with others."""
    task = open_proposals().filter(therapist=page.pk).first()
    if task is None:
        return []
    words = gettext(
        "%(name)s proposed a change on %(day)s, by the link to their own page. Nobody has read it yet."
    )
    day = date_format(timezone.localtime(task.created_at), "j F Y")
    return [words % {"name": task.therapist.title, "day": day}]


@transaction.atomic
def decline(task_id: int, answer: str, by: User) -> bool:
    """Settle a proposal, and write to its therapist why. Return False where that was done already.

    The draft becomes what it was before, so that nobody publishes what was declined with their next change;
    but not where somebody has worked on it since.
    """
    task = open_proposals().select_for_update(of=("self",)).filter(pk=task_id).first()
    if task is None:
        return False
    task.answer, task.done_at, task.done_by = answer, timezone.now(), by
    task.save(update_fields=["answer", "done_at", "done_by"])
    if task.proposed:
        _take_out_of_draft(task.therapist_id, Proposed(**task.proposed), by)
    queue_message(None, MessageKind.PROPOSAL_DECLINED, therapist=task.therapist, diary_task=task)
    return True


def _take_out_of_draft(page_id: int, proposed: Proposed, by: User) -> None:
    page = TherapistPage.objects.select_for_update(of=("self",)).get(pk=page_id)
    if page.latest_revision_id != proposed.left_revision:
        return
    found = page.revisions.filter(pk=proposed.found_revision).first()
    draft = found.as_object() if found else page
    draft.save_revision(
        user=by, log_action="wagtail.revert" if found else True, previous_revision=found, clean=False
    )
    if page.live and (found is None or found.pk == page.live_revision_id):
        TherapistPage.objects.filter(pk=page.pk).update(has_unpublished_changes=False)


def register_proposals(actions: LogActionRegistry) -> None:
    actions.register_action(
        PROPOSED, _("Propose a change"), _("The therapist proposed a change, by the link to their own page")
    )


def settle_as_profiles_are_published() -> None:
    page_published.connect(_published, sender=TherapistPage)


@transaction.atomic
def _published(instance: TherapistPage, revision: Revision, **kwargs: Any) -> None:
    """Settle a proposal once words with some of it are public, and tell its therapist.

    An older draft, published at its time, says nothing of it; nor do words that have nothing of it in them.
    """
    task = open_proposals().select_for_update(of=("self",)).filter(therapist=instance).first()
    if task is None:
        return
    if not task.proposed:  # from before what was proposed was kept
        if revision.created_at >= task.created_at:
            settle_diary_tasks(instance, [DiaryTaskKind.PROPOSED])
        return
    proposed = Proposed(**task.proposed)
    taken = proposed.taken_into(revision.as_object())
    if revision.pk < proposed.left_revision or taken is Taken.NOT_AT_ALL:
        return
    settle_diary_tasks(instance, [DiaryTaskKind.PROPOSED])
    whole = taken is Taken.WHOLLY
    kind = MessageKind.PROPOSAL_TAKEN if whole else MessageKind.PROPOSAL_CHANGED
    queue_message(None, kind, therapist=instance, diary_task=task)
