from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TherapistsConfig(AppConfig):
    name = "therapists"
    verbose_name = _("Therapists")

    def ready(self) -> None:
        from home.second_factor.requirement import make_sensitive
        from therapists.changes import announce_availability
        from therapists.registration_rule import withhold_unregistered_therapists

        for action in ("view", "add", "change", "delete"):
            make_sensitive(f"therapists.{action}_therapistprivate")
        withhold_unregistered_therapists()
        announce_availability()
