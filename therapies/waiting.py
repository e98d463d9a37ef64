"""What waits in the facts, for the home of the admin."""

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import ngettext

from core.admin.waiting_panel import Waiting, register_waiting
from therapies.leaning_facts import facts_that_lean_on_bad_sources


@register_waiting(45)
def sources_to_replace(person: User) -> Waiting | None:
    if not person.has_perm("therapies.change_reference"):
        return None
    count = len(facts_that_lean_on_bad_sources())
    words = ngettext(
        "%(count)s public fact leans on a source that was superseded or taken down",
        "%(count)s public facts lean on sources that were superseded or taken down",
        count,
    )
    return Waiting(words % {"count": count}, reverse("leaning_facts")) if count else None
