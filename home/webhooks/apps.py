from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "home.webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from home.webhooks.watching import watch_pages, watch_the_ground

        watch_pages()
        watch_the_ground()
