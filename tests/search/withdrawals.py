"""The ways in which what was public is withdrawn, each with the words that nobody may find afterwards."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    Page,
    PageViewRestriction,
    Workflow,
    WorkflowTask,
)

from core.models import PracticeImage
from tests.factories.withdrawable import (
    CAPTION,
    CONCERN,
    FACT,
    LABEL,
    LAST_LINK,
    NAME,
    OVERALL,
    THERAPY,
    Practice,
)
from therapists.models import Registration

type Act = Callable[[Practice], object]

OF_CONCERN = [CONCERN, LABEL, LAST_LINK]
OF_THERAPY = [THERAPY, OVERALL]


def again(row: object) -> object:
    """As the database has it."""
    return type(row)._default_manager.get(pk=row.pk)


def restrict(name: str, kind: str = PageViewRestriction.LOGIN) -> Act:
    def act(practice: Practice) -> None:
        page = Page.objects.get(pk=getattr(practice, name).pk)
        restriction = page.view_restrictions.create(restriction_type=kind, password="open sesame")
        if kind == PageViewRestriction.GROUPS:
            restriction.groups.add(Group.objects.create(name="Readers"))

    return act


def restrict_list(practice: Practice) -> None:
    practice.above.get_parent().view_restrictions.create(restriction_type="login")


def unpublish(name: str) -> Act:
    return lambda practice: again(getattr(practice, name)).unpublish()


def unpublish_in_a_list(practice: Practice) -> None:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin", password="admin"))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client.post(f"{address}?id={practice.concern.pk}")


def delete(name: str) -> Act:
    return lambda practice: again(getattr(practice, name)).delete()


def expire(name: str) -> Act:
    """By the clock, before anything has noticed."""

    def act(practice: Practice) -> None:
        row = getattr(practice, name)
        type(row).objects.filter(pk=row.pk).update(expire_at=timezone.now() - timedelta(seconds=1))

    return act


def expire_and_unpublish(name: str) -> Act:
    def act(practice: Practice) -> None:
        expire(name)(practice)
        call_command("publish_scheduled")
        assert not again(getattr(practice, name)).live

    return act


def update(practice: Practice) -> None:
    """Past every signal."""
    Page.objects.filter(pk=practice.concern.pk).update(live=False)


def move_below_a_private_page(practice: Practice) -> None:
    again(practice.concern).move(again(practice.private), pos="last-child")


def rename(practice: Practice) -> None:
    concern = again(practice.concern)
    concern.title = "Feeling otherwise"
    concern.save_revision().publish()


def rename_and_revert(practice: Practice) -> None:
    """What was called otherwise for a while and is so again after an earlier version is published."""
    concern = again(practice.concern)
    concern.title, concern.slug = "Feeling otherwise", "otherwise"
    earlier = concern.save_revision()
    concern.title = practice.concern.title
    concern.save_revision().publish()
    earlier.publish()


def rename_through_a_workflow(practice: Practice) -> None:
    moderator = get_user_model().objects.create_superuser("moderator", password="moderator")
    task = GroupApprovalTask.objects.create(name="Review")
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    concern = again(practice.concern)
    concern.title = "Feeling otherwise"
    concern.save_revision(user=moderator)
    workflow.start(concern, moderator).current_task_state.approve(user=moderator)
    assert again(concern).title == "Feeling otherwise"


def take_out_the_fact(practice: Practice) -> None:
    therapy = again(practice.open_therapy)
    therapy.values = []
    therapy.save_revision().publish()


def restrict_collection(practice: Practice) -> None:
    CollectionViewRestriction.objects.create(collection=practice.image.collection, restriction_type="login")


def move_to_a_private_collection(practice: Practice) -> None:
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    PracticeImage.objects.filter(pk=practice.image.pk).update(collection=private)


def let_registrations_lapse(practice: Practice) -> None:
    Registration.objects.update(expires_on=timezone.localdate() - timedelta(days=1))


WITHDRAWALS: dict[str, tuple[Act, list[str]]] = {
    "a concern asks for a log-in": (restrict("concern"), OF_CONCERN),
    "a concern asks for a password": (restrict("concern", PageViewRestriction.PASSWORD), OF_CONCERN),
    "a concern asks for a group": (restrict("concern", PageViewRestriction.GROUPS), OF_CONCERN),
    "the page above asks for a log-in": (restrict("above"), OF_CONCERN),
    "the list asks for a log-in": (restrict_list, OF_CONCERN),
    "a concern is moved below a private page": (move_below_a_private_page, OF_CONCERN),
    "a concern is unpublished": (unpublish("concern"), OF_CONCERN),
    "a concern is unpublished in a list": (unpublish_in_a_list, OF_CONCERN),
    "a concern is unpublished by plain SQL": (update, OF_CONCERN),
    "a concern is past its expiry": (expire("concern"), OF_CONCERN),
    "a concern expires": (expire_and_unpublish("concern"), OF_CONCERN),
    "a concern is deleted": (delete("concern"), OF_CONCERN),
    "the page above is deleted": (delete("above"), OF_CONCERN),
    "a concern is renamed": (rename, [CONCERN]),
    "a concern goes back to an earlier version": (rename_and_revert, [CONCERN]),
    "a concern is renamed through a workflow": (rename_through_a_workflow, [CONCERN]),
    "a therapy asks for a log-in": (restrict("therapy"), OF_THERAPY),
    "a therapy is unpublished": (unpublish("therapy"), OF_THERAPY),
    "a therapy is past its expiry": (expire("therapy"), OF_THERAPY),
    "a therapy is deleted": (delete("therapy"), OF_THERAPY),
    "the therapy that holds a fact is unpublished": (unpublish("open_therapy"), [FACT, OVERALL]),
    "a fact is taken out": (take_out_the_fact, [FACT]),
    "a point of comparison is unpublished": (unpublish("dimension"), [FACT]),
    "a point of comparison is past its expiry": (expire("dimension"), [FACT]),
    "a point of comparison expires": (expire_and_unpublish("dimension"), [FACT]),
    "a collection asks for a log-in": (restrict_collection, [CAPTION]),
    "a picture is moved to a private collection": (move_to_a_private_collection, [CAPTION]),
    "a picture is deleted": (delete("image"), [CAPTION]),
    "every registration has lapsed": (let_registrations_lapse, [NAME]),
}
