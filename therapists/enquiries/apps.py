from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnquiriesConfig(AppConfig):
    name = "therapists.enquiries"
    verbose_name = _("Enquiries")

    def ready(self) -> None:
        from core.accounts.second_factor.requirement import make_sensitive
        from therapists.enquiries.access.signal_handlers import watch_team

        make_sensitive("enquiries.handle_enquiry")
        watch_team()
