"""The matching page."""

import wagtail_factories

from therapists.matching.models import MatchingPage


class MatchingPageFactory(wagtail_factories.PageFactory):
    title = "Find a therapist"
    slug = "find-a-therapist"
    consent_text = "The practice may keep what I wrote, which is about my health, to find me a therapist."
    consent_version = "2026-11"

    class Meta:
        model = MatchingPage
