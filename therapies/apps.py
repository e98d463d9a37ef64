from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TherapiesConfig(AppConfig):
    name = "therapies"
    verbose_name = _("Therapies")

    def ready(self) -> None:
        from therapies.changes import announce_facts
        from therapies.pair_rule import withhold_incomplete_comparisons

        withhold_incomplete_comparisons()
        announce_facts()
