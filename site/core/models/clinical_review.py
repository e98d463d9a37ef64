from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, WorkflowState

from core.models.review import ReviewedPage
from core.reviews.signing import USUAL_REVIEW_INTERVAL, reviewer_of, sign_off, someone_can_sign_off


class ClinicalReview(Task):
    """A step of a workflow that whoever may sign off approves: with that they sign off the words."""

    #: Whoever approves it has read its words, their own among them: they are not asked what these are.
    is_a_review = True

    class Meta:
        verbose_name = _("clinical review")
        verbose_name_plural = _("clinical reviews")

    @classmethod
    def get_description(cls) -> str:
        return str(_("A clinical reviewer approves it, and signs off its words with that"))

    def get_actions(self, obj: models.Model, user: User) -> list[tuple[str, str | Promise, bool]]:
        if reviewer_of(user) is None:
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Sign off"), False),
            ("approve", _("Sign off with comment"), True),
        ]

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Begin the step, or pass it over where nobody could end it: a practice begins without reviewers."""
        task_state = super().start(workflow_state, user=user)
        if not someone_can_sign_off():
            task_state.status = TaskState.STATUS_SKIPPED
            task_state.save(update_fields=["status"])
        return task_state

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        """Sign off the newest words: these are published, and a clinician may have mended what was handed in.

        A second press on the button of the step before must not end this one.
        """
        page, reviewer = task_state.revision.content_object, reviewer_of(user)
        if reviewer is None:
            raise PermissionDenied
        if action_name == "approve" and isinstance(page, ReviewedPage):
            due = timezone.localdate() + USUAL_REVIEW_INTERVAL
            sign_off(page, page.get_latest_revision(), reviewer, next_due=due, user=user)
        super().on_action(task_state, user, action_name, **kwargs)

    def user_can_access_editor(self, obj: models.Model, user: User) -> bool:
        return reviewer_of(user) is not None

    def locked_for_user(self, obj: models.Model, user: User) -> bool:
        return reviewer_of(user) is None

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[TaskState]:
        states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return states if reviewer_of(user) else states.none()
