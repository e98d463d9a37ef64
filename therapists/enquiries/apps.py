from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnquiriesConfig(AppConfig):
    name = "therapists.enquiries"
    verbose_name = _("Enquiries")

    def ready(self) -> None:
        from therapists.enquiries.team_watch import watch_team

        watch_team()
