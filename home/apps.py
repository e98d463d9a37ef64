from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Practice")

    def ready(self) -> None:
        from core.seo.publisher import register_publisher
        from home.api import fees  # noqa: F401 - it registers how a block is shown
        from home.publisher import publisher_of
        from home.signal_handlers import announce_settings

        register_publisher(publisher_of)
        announce_settings()
