"""What keeps enquiries from being answered, on the home of administrators."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.admin.alarms_panel import Alarm, register_alarm
from therapists.enquiries.models import OutgoingMessage
from therapists.enquiries.reach import address_is_refused
from therapists.enquiries.services.lateness import late_for_everyone


@register_alarm
def mail_does_not_leave() -> Alarm | None:
    count = OutgoingMessage.objects.failing_through_us().count()
    if not count:
        return None
    words = ngettext(
        "The mail server does not take what we send. %(count)s e-mail waits.",
        "The mail server does not take what we send. %(count)s e-mails wait.",
        count,
    )
    return Alarm(
        words % {"count": count},
        (
            (reverse("unsent_mail"), _("Why, and send them again")),
            (reverse("practice_mail"), _("Try the e-mail of the practice")),
        ),
    )


@register_alarm
def enquiries_stay_late() -> Alarm | None:
    """Say how many, and not which: an administrator is on no team."""
    count = late_for_everyone().count()
    if not count:
        return None
    words = ngettext(
        "%(count)s enquiry is late, though its owner was told. Please tell the Matching team.",
        "%(count)s enquiries are late, though their owners were told. Please tell the Matching team.",
        count,
    )
    return Alarm(words % {"count": count})


@register_alarm
def practice_address_is_refused() -> Alarm | None:
    if not address_is_refused():
        return None
    words = _("The address where new enquiries are announced takes no e-mail.")
    return Alarm(words, ((reverse("practice_mail"), _("Put it right, and send a test mail")),))
