"""Wagtail's editor of pages, which decides on the step of a workflow that its buttons were shown for."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_latest_str
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from core.admin.one_at_a_time import one_at_a_time


def tell_that_it_was_decided(request: HttpRequest, decided: Model) -> None:
    words = _("“%(title)s” was decided meanwhile, so your press decided nothing. Look at it again.")
    messages.warning(request, words % {"title": get_latest_str(decided)})


class PracticeEditView(EditView):
    was_decided_meanwhile = False

    def workflow_action_is_valid(self) -> bool:
        shown, current = self.request.POST.get("workflow-step"), self.page.current_workflow_task_state
        self.was_decided_meanwhile = shown is not None and shown != str(current and current.pk)
        return not self.was_decided_meanwhile and super().workflow_action_is_valid()

    def save_action(self) -> HttpResponse:
        if not self.was_decided_meanwhile:
            return super().save_action()
        tell_that_it_was_decided(self.request, self.page)
        return super().save_action() if self.has_content_changes else self.redirect_and_remain()


class PracticePageViewSet(PageViewSet):
    edit_view_class = PracticeEditView

    @cached_property
    def edit_view(self) -> Callable[..., HttpResponse]:
        return one_at_a_time(super().edit_view, Page, "page_id")
