"""The matching page."""

from typing import Any

import factory
import wagtail_factories
from django.db import transaction
from wagtail.models import Site

from home.models import PracticeSettings
from tests.factories.enquiries import make_matcher
from therapists.enquiries.access.team import SMALLEST_TEAM, team_members
from therapists.enquiries.mail.to_practice import practice_address
from therapists.matching.models import MatchingPage


class MatchingPageFactory(wagtail_factories.PageFactory):
    title = "Find a therapist"
    slug = "find-a-therapist"
    consent_text = "The practice may keep what I wrote, which is about my health, to find me a therapist."
    consent_version = "2026-11"

    class Meta:
        model = MatchingPage
        skip_postgeneration_save = True

    @factory.post_generation
    def is_open(self: MatchingPage, _create: bool, is_open: bool | None, **kwargs: Any) -> None:
        """Give the practice those who must hear of an enquiry, unless it is False."""
        if is_open is not False:
            open_for_enquiries()


@transaction.atomic
def open_for_enquiries() -> None:
    """Complete the Matching team and name an address, so that the form is open.

    In one transaction, so that the first members of a team are just that, and nobody is told of a change.
    """
    for number in range(team_members().count(), SMALLEST_TEAM):
        make_matcher(f"team-{number + 1}")
    if not practice_address():
        site = Site.objects.get(is_default_site=True)
        PracticeSettings.objects.update_or_create(
            site=site, defaults={"enquiries_email": "team@practice.example"}
        )
