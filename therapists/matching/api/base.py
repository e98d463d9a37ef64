from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from core.content_api.endpoints.pages import pages_here
from core.content_api.localized_views import LOCALE, LocalizedEndpoint
from core.content_api.parameters import Parameter
from core.languages import in_language, language_or_default, override_language
from therapists.matching.api.form_data import to_form_data
from therapists.matching.form.journey import Journey
from therapists.matching.models import MatchingPage
from therapists.models import TherapistPage

LONGEST_ID = 9


class MatchingEndpoint(LocalizedEndpoint):
    """An endpoint of the matching form. Answers hold health data, so no cache may keep them."""

    parameters: tuple[Parameter, ...] = (LOCALE,)
    may_be_cached = False
    problems = frozenset({"not-found"})

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whatever is answered, refusals included, is in the language asked for."""
        with override_language(language_or_default(request.GET.get("locale", ""))):
            return super().dispatch(request, *args, **kwargs)

    def page(self) -> MatchingPage:
        pages = pages_here(MatchingPage.objects.all(), self.request)
        page = in_language(pages, self.language() if settings.WAGTAIL_I18N_ENABLED else None).first()
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
