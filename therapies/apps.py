from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TherapiesConfig(AppConfig):
    name = "therapies"
    verbose_name = _("Therapies")

    def ready(self) -> None:
        from wagtail.signals import page_published, published, unpublished

        from core.claims import register_claim_rules
        from core.deletion import keep_while_needed
        from core.models import Reviewer
        from core.visibility import withhold
        from therapies import leaning_facts
        from therapies.api import prefetching  # noqa: F401 - it registers what it holds
        from therapies.models import ComparisonPage, Reference, TherapyPage
        from therapies.signal_handlers import announce_facts, hand_new_lists_to_clinicians
        from therapies.source_publishing import publish_new_sources
        from therapies.source_report import tell_what_leans_on_it
        from therapies.therapy_claims import OF_EVERY_PAGE, page_claims

        keep_while_needed(Reference, leaning_facts.is_named_by_facts, leaning_facts.supersede)
        keep_while_needed(Reviewer, leaning_facts.has_checked_facts, leaning_facts.keep)
        for signal in (published, unpublished):
            signal.connect(tell_what_leans_on_it, sender=Reference)
        withhold(ComparisonPage, ComparisonPage.objects.missing_a_therapy)
        announce_facts()
        hand_new_lists_to_clinicians()
        register_claim_rules(OF_EVERY_PAGE, page_claims)
        page_published.connect(publish_new_sources, sender=TherapyPage)
