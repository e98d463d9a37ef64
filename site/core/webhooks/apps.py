from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "core.webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from core.webhooks.signal_handlers import announce_changes_of_files_and_sites, watch_pages

        watch_pages()
        announce_changes_of_files_and_sites()
