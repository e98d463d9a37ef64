"""What is wrong with publishing right now, loud on the home of the admin."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from core.admin.alarms_panel import Alarm, register_alarm_for_everyone
from core.health import late_revisions

MOST_NAMED = 5


@register_alarm_for_everyone
def pages_did_not_go_live() -> Alarm | None:
    """Look for what was given a time: it cannot be published as it is, or no worker runs."""
    late = [revision.object_id for revision in late_revisions()]
    if not late:
        return None
    words = ngettext(
        "%(count)s page was to be public by now, and is not. Its editor says why.",
        "%(count)s pages were to be public by now, and are not. Their editors say why.",
        len(late),
    )
    pages = Page.objects.filter(pk__in=late)[:MOST_NAMED]
    links = tuple((reverse("wagtailadmin_pages:edit", args=[page.pk]), page.draft_title) for page in pages)
    return Alarm(words % {"count": len(late)}, links or ((reverse("wagtailadmin_home"), _("Home")),))
