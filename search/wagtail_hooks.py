from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import OtherHelp


class OtherHelpViewSet(SnippetViewSet):
    model = OtherHelp
    icon = "site"
    menu_label = _("Help elsewhere")
    list_display = ["subject", "checked_on", "checked_by"]
    add_to_settings_menu = True


register_snippet(OtherHelpViewSet)
