from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.admin.action_form import ActionForm
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry
from therapists.matching.services import store_new_ranking

#: The states in which a therapist is still to be found. A safety check comes before any ranking.
STILL_LOOKING = {State.RECEIVED, State.REVIEW, State.SHORTLISTED, State.NO_MATCH, State.WAITLIST}


class RankAgainForm(ActionForm):
    """Shown beside the suggestions instead of among the actions."""

    name = "rank-again"
    heading = _("Rank again")
    button = _("Rank again with today’s therapists")
    done = _("Ranked again. The suggestions are today’s.")

    @classmethod
    def is_offered(cls, enquiry: Enquiry) -> bool:
        return enquiry.state in STILL_LOOKING

    def perform(self, by: User) -> None:
        if not self.is_offered(self.enquiry):
            raise ValidationError(_("There is no one to look for at the moment."))
        store_new_ranking(self.enquiry.pk, timezone.localdate())
