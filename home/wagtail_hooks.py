from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from core.admin.record_translations import RecordTranslationViewSet
from home.models import CrisisHelpTranslation, NavigationTranslation, PracticeTranslation, RiskPhrase


class RiskPhraseViewSet(ModelViewSet):
    """No snippet: those can be read by everyone in the admin, through their chooser."""

    model = RiskPhrase
    name = "risk-phrases"
    icon = "warning"
    list_display = ["phrase", "group", "note"]
    list_filter = ["group"]
    search_fields = ["phrase", "note"]
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False


@hooks.register("register_admin_viewset")
def home_viewsets() -> list[ModelViewSet]:
    return [
        RiskPhraseViewSet(),
        RecordTranslationViewSet("practice-in-languages", model=PracticeTranslation),
        RecordTranslationViewSet("urgent-help-in-languages", model=CrisisHelpTranslation),
        RecordTranslationViewSet("navigation-in-languages", model=NavigationTranslation),
    ]
