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
from core.content_api.parameters import Parameter
from core.content_api.representation.deferred import resolve
from core.content_api.views import PlainEndpoint
from core.languages import active_language, override_language

LOCALE = Parameter[str | None](
    "locale", str, "A language of the site, by its code, in place of the usual one."
)


class LocalizedEndpoint(PlainEndpoint):
    """Answers in the default language, or in the one of `locale`. Subclasses take `LOCALE` as a parameter."""

    def languages(self) -> Iterable[str]:
        return get_content_languages()

    def language(self) -> str:
        given, known = self.arguments[LOCALE], list(self.languages())
        language = settings.LANGUAGE_CODE if given is None else given
        if language not in known:
            words = _("Choose among: %(known)s.") % {"known": ", ".join(known)}
            raise InvalidParameterError({"locale": [words]})
        return language

    def get(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        """Links that belong to no page lead to the version in this language."""
        with override_language(self.language()):
            return Response(resolve(self.answer(**kwargs), request, language=active_language()))
