from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TherapiesConfig(AppConfig):
    name = "therapies"
    verbose_name = _("Therapies")

    def ready(self) -> None:
        from wagtail.signals import page_published

        from core.admin.page_warnings import register_page_warnings
        from core.visibility import withhold
        from therapies.api import prefetching  # noqa: F401 - it registers what it holds
        from therapies.contradiction_warnings import told_contradictions
        from therapies.models import ComparisonPage, TherapyPage
        from therapies.signal_handlers import announce_facts
        from therapies.source_publishing import publish_new_sources

        withhold(ComparisonPage, ComparisonPage.objects.missing_a_therapy)
        announce_facts()
        register_page_warnings(told_contradictions)
        page_published.connect(publish_new_sources, sender=TherapyPage)
