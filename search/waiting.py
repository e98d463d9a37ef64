"""The places that help elsewhere: whoever may change them looks at each once a quarter."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from core.admin.waiting_panel import MOST_NAMED, Waiting, register_waiting
from search.models import OtherHelp

LOOKED_AT_EVERY = timedelta(days=91)


@register_waiting(61)
def help_elsewhere(person: User) -> Waiting | None:
    if not person.has_perm("search.change_otherhelp"):
        return None
    last_day = timezone.localdate() - LOOKED_AT_EVERY
    due = list(OtherHelp.objects.filter(Q(checked_on=None) | Q(checked_on__lt=last_day)))
    if not due:
        return None
    words = ngettext(
        "The addresses of %(count)s kind of help elsewhere are due to be looked at",
        "The addresses of %(count)s kinds of help elsewhere are due to be looked at",
        len(due),
    )
    edit = OtherHelp.snippet_viewset.get_url_name("edit")
    first = tuple((one.subject, reverse(edit, args=[one.pk])) for one in due[:MOST_NAMED])
    return Waiting(words % {"count": len(due)}, first=first)
