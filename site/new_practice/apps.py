from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewPracticeConfig(AppConfig):
    name = "new_practice"
    verbose_name = _("A new practice")
