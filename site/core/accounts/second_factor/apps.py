from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SecondFactorConfig(AppConfig):
    name = "core.accounts.second_factor"
    verbose_name = _("Second step of signing in")

    def ready(self) -> None:
        from core.accounts import sign_in_log  # noqa: F401 - it registers what it holds
        from core.accounts.second_factor import checks, signal_handlers  # noqa: F401 - each registers what it holds
