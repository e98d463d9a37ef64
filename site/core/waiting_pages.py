"""Pages that wait for somebody, by what they wait for: the home of the admin and a report show the same."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex, Revision, TaskState, get_page_models
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from core.models import BasePage
from core.visibility import public


def pages_of(person: User) -> PageQuerySet:
    """Return the pages that this account may change."""
    theirs = PagePermissionPolicy().instances_user_has_any_permission_for(person, ["change", "publish"])
    return Page.objects.filter(depth__gt=1, pk__in=theirs.values("pk"))


def _kind_of(task: TaskState) -> type[Model]:
    return task.revision.base_content_type.model_class() or Model


def handed_in(person: User) -> PageQuerySet:
    """Return the pages that this account may approve or give back."""
    tasks = TaskState.objects.reviewable_by(person).select_related("revision")
    pages = [int(task.revision.object_id) for task in tasks if issubclass(_kind_of(task), Page)]
    return Page.objects.filter(pk__in=pages).order_by("latest_revision_created_at")


def own_drafts(person: User) -> PageQuerySet:
    drafts = pages_of(person).filter(has_unpublished_changes=True, latest_revision__user=person)
    return drafts.order_by("-latest_revision_created_at")


def scheduled(person: User) -> PageQuerySet:
    planned = Revision.page_revisions.exclude(approved_go_live_at=None).values_list("object_id", flat=True)
    return pages_of(person).filter(pk__in={int(pk) for pk in planned}).order_by("go_live_at")


def with_broken_links(person: User) -> PageQuerySet:
    """Return public pages that point to a page which nobody can read: the link shows no more."""
    kind = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.objects.filter(base_content_type=kind, to_content_type=kind)
    pointed_at = {int(pk) for pk in references.values_list("to_object_id", flat=True).distinct()}
    readable = set(public(Page.objects.filter(pk__in=pointed_at)).values_list("pk", flat=True))
    hidden = [str(pk) for pk in pointed_at - readable]
    pages = references.filter(to_object_id__in=hidden).values_list("object_id", flat=True)
    return public(pages_of(person).filter(pk__in={int(pk) for pk in pages})).order_by("title")


def without_summary(person: User) -> PageQuerySet:
    empty = Q()
    for kind in get_page_models():
        if issubclass(kind, BasePage):
            empty |= Q(pk__in=kind.objects.filter(summary="").values("pk"))
    return pages_of(person).live().filter(empty, alias_of=None).order_by("title")


@dataclass(frozen=True, slots=True)
class PagesThatWait:
    """What pages wait for: its place on the home, its name in the report, and its words, with %(count)s."""

    key: str
    order: int
    name: str | Promise
    one: str
    many: str
    of: Callable[[User], PageQuerySet]


WAITING_PAGES = (
    PagesThatWait(
        "handed-in",
        10,
        _("Handed in, for you to look at"),
        "%(count)s page was handed in for you to look at",
        "%(count)s pages were handed in for you to look at",
        handed_in,
    ),
    PagesThatWait(
        "drafts",
        20,
        _("Drafts of yours"),
        "%(count)s draft of yours is not public",
        "%(count)s drafts of yours are not public",
        own_drafts,
    ),
    PagesThatWait(
        "scheduled",
        30,
        _("Scheduled"),
        "%(count)s page is scheduled to be published",
        "%(count)s pages are scheduled to be published",
        scheduled,
    ),
    PagesThatWait(
        "links",
        80,
        _("Link to a page that is not public"),
        "%(count)s page links to a page that is not public",
        "%(count)s pages link to pages that are not public",
        with_broken_links,
    ),
    PagesThatWait(
        "summary",
        90,
        _("Without a summary"),
        "%(count)s public page has no summary",
        "%(count)s public pages have no summary",
        without_summary,
    ),
)
