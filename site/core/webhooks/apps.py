from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "core.webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from core.webhooks.signal_handlers import connect_file_and_site_signals, connect_page_signals

        connect_page_signals()
        connect_file_and_site_signals()
