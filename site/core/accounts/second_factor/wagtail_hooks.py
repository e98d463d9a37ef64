from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from core.accounts.second_factor.admin_views import ResetView
from core.accounts.second_factor.panels import SecondFactorPanel
from core.accounts.second_factor.services import SecondFactorChange


@hooks.register("register_log_actions")
def changes_of_second_steps(actions: LogActionRegistry) -> None:
    for change in SecondFactorChange:
        actions.register_action(change.value, change.label, change.label)


@hooks.register("register_account_settings_panel")
def own_second_step(request: HttpRequest, user: User, profile: Any) -> SecondFactorPanel:
    return SecondFactorPanel(request, user, profile)


@hooks.register("register_admin_urls")
def reset_of_a_second_step() -> list[URLPattern]:
    return [path("users/<int:pk>/second-step/reset/", ResetView.as_view(), name="second_factor_reset")]
