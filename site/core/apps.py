from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Site")

    def ready(self) -> None:
        from core import checks  # noqa: F401 - registers what it holds
        from core.admin.choosers import start_choosers_without_inline_scripts
        from core.caching.content_triggers import install_triggers
        from core.encryption import checks  # noqa: F401 - registers what it holds

        start_choosers_without_inline_scripts()
        post_migrate.connect(install_triggers, sender=self)
        autodiscover_modules("styleguide")
