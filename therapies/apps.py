from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TherapiesConfig(AppConfig):
    name = "therapies"
    verbose_name = _("Therapies")

    def ready(self) -> None:
        from core.visibility import withhold
        from therapies.models import ComparisonPage
        from therapies.signal_handlers import announce_facts

        withhold(ComparisonPage, ComparisonPage.objects.missing_a_therapy)
        announce_facts()
