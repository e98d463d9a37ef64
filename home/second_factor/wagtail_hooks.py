from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from home.second_factor.changes import Change
from home.second_factor.panel import SecondFactorPanel


@hooks.register("register_log_actions")
def changes_of_second_steps(actions: LogActionRegistry) -> None:
    for change in Change:
        actions.register_action(change.value, change.label, change.label)


@hooks.register("register_account_settings_panel")
def own_second_step(request: HttpRequest, user: User, profile: Any) -> SecondFactorPanel:
    return SecondFactorPanel(request, user, profile)
