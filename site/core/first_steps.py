"""A site opens when a backup of it was made and read back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from core.admin.first_steps_panel import Missing, register_first_step
from core.backups.freshness import are_backups_made_here, latest_backup


@register_first_step(70, gettext_lazy("Make a backup"))
def backup(_site: Site) -> Missing | None:
    if latest_backup():
        return None
    if not are_backups_made_here():
        return Missing(
            _("On the server, set BACKUP_RECIPIENTS, then run manage.py backup (docs/operations.md).")
        )
    return Missing(_("On the server, run manage.py backup (docs/operations.md)."))
