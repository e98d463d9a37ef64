from dataclasses import replace

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from core.content_api.endpoints.pages import pages_here
from core.content_api.views import PlainEndpoint
from therapists.matching.api.form_data import to_form_data
from therapists.matching.form.journey import Journey
from therapists.matching.models import MatchingPage
from therapists.models import TherapistPage

LONGEST_ID = 9


class MatchingEndpoint(PlainEndpoint):
    """An endpoint of the matching form. Answers hold health data, so no cache may keep them."""

    may_be_cached = False
    problems = frozenset({"not-found"})

    def page(self) -> MatchingPage:
        page = pages_here(MatchingPage.objects.all(), self.request).first()
        if page is None:
            raise Http404
        return page

    def journey(self, page: MatchingPage) -> Journey:
        """Return the journey with the answers of this request."""
        blank = page.journey()
        data = to_form_data(self.request.data, blank.questions())
        return replace(blank, data=data, therapist=self._asked_about(data.get("asked_about", "")))

    def _asked_about(self, key: str) -> TherapistPage | None:
        if not key:
            return None
        is_id = key.isdecimal() and len(key) <= LONGEST_ID
        therapists = pages_here(TherapistPage.objects.all(), self.request)
        found = therapists.filter(pk=int(key)).first() if is_id else None
        if found is None:
            raise ValidationError({"asked_about": [_("Give the id of a therapist in the directory.")]})
        return found
