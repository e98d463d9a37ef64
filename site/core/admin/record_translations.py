"""The words of shared records in other languages: in the settings menu of a site that has several."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet


class RecordTranslationViewSet(ModelViewSet):
    """No snippet: nobody chooses such words, and they have no drafts."""

    icon = "globe"
    list_display = ["locale", "original"]
    add_to_settings_menu = True
    copy_view_enabled = False

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        usual = super().menu_item_class

        class OfSeveralLanguages(usual):  # type: ignore[misc, valid-type]
            def is_shown(self, request: HttpRequest) -> bool:
                return settings.WAGTAIL_I18N_ENABLED and super().is_shown(request)

        return OfSeveralLanguages
