from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TherapistsConfig(AppConfig):
    name = "therapists"
    verbose_name = _("Therapists")

    def ready(self) -> None:
        from core.accounts.second_factor.requirement import require_second_factor_for
        from core.admin.page_warnings import register_page_warnings
        from core.claims import register_claim_rules
        from core.visibility import withhold
        from home.fee_figures import register_fee_figures
        from therapists.fees_asked import fees_asked
        from therapists.models import TherapistPage
        from therapists.profile_claims import OF_PROFILES, profile_claims
        from therapists.registration_warnings import told_of_registration
        from therapists.signal_handlers import (
            announce_availability,
            let_profile_managers_keep_new_directories,
            take_down_whoever_leaves,
        )

        for action in ("view", "add", "change", "delete"):
            require_second_factor_for(f"therapists.{action}_therapistprivate")
        withhold(TherapistPage, TherapistPage.objects.unregistered_at)
        withhold(TherapistPage, TherapistPage.objects.departed_by)
        announce_availability()
        register_page_warnings(told_of_registration)
        register_fee_figures(fees_asked)
        register_claim_rules(OF_PROFILES, profile_claims)
        take_down_whoever_leaves()
        let_profile_managers_keep_new_directories()
