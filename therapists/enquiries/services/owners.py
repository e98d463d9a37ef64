"""Who answers for an enquiry that no one has taken yet."""

from django.contrib.auth.models import User
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from therapists.enquiries.access.roles import handlers
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, EnquirySettings


def duty_owner() -> User | None:
    """Whom the settings name, else whoever has the fewest active enquiries."""
    named = EnquirySettings.load().duty_owner
    return named if named and handlers().filter(pk=named.pk).exists() else _least_busy()


def safety_owner() -> User | None:
    named = EnquirySettings.load().safety_owner
    return named if named and handlers().filter(pk=named.pk).exists() else duty_owner()


def hand_over_what_no_one_owns() -> int:
    """Give what still needs someone, and whose owner left the team, to whoever answers for new enquiries."""
    left = Enquiry.objects.active().exclude(owner__in=handlers())
    handed_over = 0
    for key, owner, state in left.values_list("pk", "owner", "state"):
        heir = safety_owner() if state == State.SAFETY_HOLD else duty_owner()
        if heir is not None:
            handed_over += Enquiry.objects.filter(pk=key, owner=owner).update(owner=heir)
    return handed_over


def _least_busy() -> User | None:
    active = (
        Enquiry.objects.active()
        .filter(owner=OuterRef("pk"))
        .order_by()
        .values("owner")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return handlers().annotate(load=Coalesce(Subquery(active), 0)).order_by("load", "pk").first()
