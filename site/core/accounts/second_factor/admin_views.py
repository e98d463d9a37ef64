"""A view where an administrator resets the second factor of someone whose phone is lost."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.mixins import UserPassesTestMixin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.accounts.second_factor.services import reset
from core.accounts.second_factor.session import fresh_second_step_required


@method_decorator(fresh_second_step_required, name="get")
@method_decorator(fresh_second_step_required, name="post")
class ResetView(UserPassesTestMixin, WagtailAdminTemplateMixin, TemplateView):
    """For superusers only: whoever manages accounts could become one with it."""

    template_name = "second_factor/reset.html"
    page_title = _("Reset the second step of signing in")
    header_icon = "key"
    raise_exception = True

    def test_func(self) -> bool:
        return self.request.user.is_superuser

    @cached_property
    def person(self) -> User:
        return get_object_or_404(get_user_model(), pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = get_user_display_name(self.person)
        if not reset(self.person):
            messages.info(request, _now("%(name)s has no second step.") % {"name": name})
        elif self.person.email:
            messages.success(request, _now("Done. %(name)s is told by e-mail.") % {"name": name})
        else:
            messages.warning(
                request,
                _now("Done. %(name)s has no e-mail address here: tell them yourself.") % {"name": name},
            )
        return redirect("wagtailusers_users:edit", self.person.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        people = {"url": reverse("wagtailusers_users:index"), "label": _now("Users")}
        person = {
            "url": reverse("wagtailusers_users:edit", args=[self.person.pk]),
            "label": get_user_display_name(self.person),
        }
        return [*self.breadcrumbs_items, people, person, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"person": self.person}
