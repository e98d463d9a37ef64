from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Site")

    def ready(self) -> None:
        from core.admin.choosers import start_choosers_without_inline_scripts

        start_choosers_without_inline_scripts()
        autodiscover_modules("styleguide")
