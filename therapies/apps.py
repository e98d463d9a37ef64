from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TherapiesConfig(AppConfig):
    name = "therapies"
    verbose_name = _("Therapies")

    def ready(self) -> None:
        from therapies.pair_rule import withhold_incomplete_comparisons
        from therapies.signal_handlers import announce_facts

        withhold_incomplete_comparisons()
        announce_facts()
