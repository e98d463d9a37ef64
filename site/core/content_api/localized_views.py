"""The base of endpoints whose answers are in one of the site's languages."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.coreutils import get_content_languages

from core.content_api.errors import InvalidParameterError
from core.content_api.operations import Parameter
from core.content_api.representation.deferred import resolve
from core.content_api.views import PlainEndpoint
from core.languages import active_language, override_language

LOCALE = Parameter("locale", str, "A language of the site, by its code, in place of the usual one.")


class LocalizedEndpoint(PlainEndpoint):
    """Answers in the default language, or in the one of `locale`. Subclasses take `LOCALE` as a parameter."""

    problems = frozenset({"invalid-parameter"})

    def languages(self) -> Iterable[str]:
        return get_content_languages()

    def language(self) -> str:
        language = self.request.GET.get("locale", settings.LANGUAGE_CODE)
        known = list(self.languages())
        if language not in known:
            words = _("Choose among: %(known)s.") % {"known": ", ".join(known)}
            raise InvalidParameterError({"locale": [words]})
        return language

    def get(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        """Links that belong to no page lead to the version in this language."""
        with override_language(self.language()):
            return Response(resolve(self.answer(**kwargs), request, language=active_language()))
