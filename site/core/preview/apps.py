from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreviewConfig(AppConfig):
    name = "core.preview"
    verbose_name = _("Previews in the front end")

    def ready(self) -> None:
        from core.preview import checks, signal_handlers  # noqa: F401 - each registers what it holds
