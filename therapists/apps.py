from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TherapistsConfig(AppConfig):
    name = "therapists"
    verbose_name = _("Therapists")

    def ready(self) -> None:
        from therapists.changes import announce_availability
        from therapists.registration_rule import withhold_unregistered_therapists

        withhold_unregistered_therapists()
        announce_availability()
