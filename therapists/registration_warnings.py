"""Why visitors do not see a profile, or soon will not."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from therapists.models import Departure, TherapistPage
from therapists.registration_panel import WARNED_BEFORE


def told_of_registration(page: Page) -> list[str]:
    if not isinstance(page, TherapistPage):
        return []
    person = TherapistPage.objects.same_person_as(page)
    if departure := Departure.objects.filter(therapist__in=person).first():
        left = _(
            "Visitors do not see this profile: they left on %(day)s. If they are back, remove that first."
        )
        return [left % {"day": date_format(departure.left_on)}]
    ends = max((row.expires_on for row in page.current_registrations if row.expires_on), default=None)
    if ends is None:
        unseen = _(
            "Visitors cannot see this profile yet: it has no registration that is checked and in date."
        )
        return [unseen]
    if ends <= timezone.localdate() + WARNED_BEFORE:
        ending = _("Visitors can see this profile until %(day)s, when its registration ends.")
        return [ending % {"day": date_format(ends)}]
    return []
