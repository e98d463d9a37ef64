"""On the first page of the admin: whose profile is hidden, or soon will be, for want of a registration."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from therapists.models import TherapistPage

WARNED_BEFORE = timedelta(days=30)


class RegistrationPanel(Component):
    """Published profiles only: no one misses a draft."""

    name = "registrations"
    template_name = "wagtailadmin/therapists/registration_panel.html"
    order = 120

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        today = timezone.localdate()
        published = TherapistPage.objects.live().with_registration_end().order_by("registered_until", "title")
        return {
            "lapsed": list(published.unregistered(today)),
            "lapsing": list(published.registered(today).filter(registered_until__lte=today + WARNED_BEFORE)),
        }
