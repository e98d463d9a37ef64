"""What waits in any site's pages and pictures, for the home of the admin."""

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import Page, ReferenceIndex, Revision, TaskState, get_page_models
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from core.admin.waiting_panel import MOST_NAMED, Waiting, register_waiting
from core.models import BasePage, PracticeImage
from core.reviews.debt import debt_of
from core.visibility import public


def _theirs(person: User) -> PageQuerySet:
    """Return the pages that this account may change."""
    theirs = PagePermissionPolicy().instances_user_has_any_permission_for(person, ["change", "publish"])
    return Page.objects.filter(depth__gt=1, pk__in=theirs.values("pk"))


def waiting_pages(pages: PageQuerySet, one: str, many: str, address: str = "") -> Waiting | None:
    """Return a line about pages; `one` and `many` are its words, with %(count)s."""
    count = pages.count()
    if not count:
        return None
    first = tuple(
        (page.get_admin_display_title(), reverse("wagtailadmin_pages:edit", args=[page.pk]))
        for page in pages[:MOST_NAMED]
    )
    return Waiting(ngettext(one, many, count) % {"count": count}, address, first)


def _kind_of(task: TaskState) -> type[Model]:
    return task.revision.base_content_type.model_class() or Model


@register_waiting(10)
def handed_in(person: User) -> Waiting | None:
    """Name the pages that this account may approve or give back."""
    tasks = TaskState.objects.reviewable_by(person).select_related("revision")
    pages = [int(task.revision.object_id) for task in tasks if issubclass(_kind_of(task), Page)]
    return waiting_pages(
        Page.objects.filter(pk__in=pages).order_by("latest_revision_created_at"),
        "%(count)s page was handed in for you to look at",
        "%(count)s pages were handed in for you to look at",
    )


@register_waiting(20)
def own_drafts(person: User) -> Waiting | None:
    drafts = _theirs(person).filter(has_unpublished_changes=True, latest_revision__user=person)
    return waiting_pages(
        drafts.order_by("-latest_revision_created_at"),
        "%(count)s draft of yours is not public",
        "%(count)s drafts of yours are not public",
    )


@register_waiting(30)
def scheduled(person: User) -> Waiting | None:
    planned = Revision.page_revisions.exclude(approved_go_live_at=None).values_list("object_id", flat=True)
    return waiting_pages(
        _theirs(person).filter(pk__in={int(pk) for pk in planned}).order_by("go_live_at"),
        "%(count)s page is scheduled to be published",
        "%(count)s pages are scheduled to be published",
    )


@register_waiting(40)
def due_for_review(person: User) -> Waiting | None:
    return waiting_pages(
        debt_of(person, timezone.localdate()),
        "%(count)s page is due for review",
        "%(count)s pages are due for review",
        f"{reverse('reviews')}?due=now",
    )


@register_waiting(80)
def broken_links(person: User) -> Waiting | None:
    """Name public pages that point to a page which nobody can read: the link shows no more."""
    kind = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.objects.filter(base_content_type=kind, to_content_type=kind)
    pointed_at = {int(pk) for pk in references.values_list("to_object_id", flat=True).distinct()}
    readable = set(public(Page.objects.filter(pk__in=pointed_at)).values_list("pk", flat=True))
    hidden = [str(pk) for pk in pointed_at - readable]
    if not hidden:
        return None
    pages = references.filter(to_object_id__in=hidden).values_list("object_id", flat=True)
    broken = public(_theirs(person).filter(pk__in={int(pk) for pk in pages}))
    return waiting_pages(
        broken.order_by("title"),
        "%(count)s page links to a page that is not public",
        "%(count)s pages link to pages that are not public",
    )


@register_waiting(90)
def without_summary(person: User) -> Waiting | None:
    empty = Q()
    for kind in get_page_models():
        if issubclass(kind, BasePage):
            empty |= Q(pk__in=kind.objects.filter(summary="").values("pk"))
    return waiting_pages(
        _theirs(person).live().filter(empty, alias_of=None).order_by("title"),
        "%(count)s public page has no summary",
        "%(count)s public pages have no summary",
    )


@register_waiting(100)
def without_description(person: User) -> Waiting | None:
    policy = policy_registry.get_by_type(PracticeImage)
    theirs: QuerySet[Model] = policy.instances_user_has_any_permission_for(person, ["change"])
    pictures = theirs.filter(description="").order_by("-pk")
    count = pictures.count()
    if not count:
        return None
    words = ngettext(
        "%(count)s picture has no text for those who cannot see it",
        "%(count)s pictures have no text for those who cannot see them",
        count,
    )
    first = tuple((str(one), reverse("wagtailimages:edit", args=[one.pk])) for one in pictures[:MOST_NAMED])
    return Waiting(words % {"count": count}, first=first)
