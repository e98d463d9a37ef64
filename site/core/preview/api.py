"""`page_preview/`: one draft, for whoever holds the token that the editor's preview was given."""

import json
from dataclasses import replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.admin.content_checks import failed_checks
from core.content_api.endpoints.page_hierarchy import PageHierarchies
from core.content_api.endpoints.pages import PagesAPIViewSet
from core.content_api.errors import InvalidParameterError, OutdatedPreviewError, WrongPreviewTokenError
from core.content_api.operations import Operation
from core.content_api.parameters import Parameter
from core.content_api.prefetch_registry import prepare_draft
from core.content_api.representation.deferred import resolve
from core.content_api.representation.fields import BlocksField
from core.content_api.serializers import PublicSerializer
from core.content_api.views import PlainEndpoint
from core.preview.edit_links import edited_fields
from core.preview.tokens import OutdatedTokenError, WrongTokenError, snapshot_for, token_in

#: The id of a page that was never saved. No page has it.
NO_ID = 0


class DraftViewSet(PagesAPIViewSet):
    """Serializes the page that it is given as `pages/<id>/` serializes a public one."""

    page: Page
    action = "detail_view"
    format_kwarg = None

    def get_object(self) -> Page:
        return self.page

    def get_serializer_context(self) -> dict[str, Any]:
        return super().get_serializer_context() | {"hierarchies": PageHierarchies([self.page], self.request)}

    def answer(self) -> Any:
        """Return the page's own language, whichever its editor has chosen for the admin."""
        with translation.override(self.page.locale.language_code):
            serializer = self.get_serializer(self.page)
            answer = with_edit_urls(serializer.data, serializer, self.page)
            return resolve(answer, self.request, draft=self.page)


def with_edit_urls(answer: dict[str, Any], serializer: PublicSerializer, page: Page) -> dict[str, Any]:
    """Return the answer with the address of each field and block in the editor, where the page has these."""
    if page.edit_links is None:
        return answer
    urls: dict[str, str] = {}
    editable = edited_fields(type(page))
    for name, field in serializer.fields.items():
        edited = getattr(field, "edited_in", "") or str(field.source)
        if name in serializer.meta_fields or edited not in editable:
            continue
        urls[name] = page.edit_links.to(edited)
        if isinstance(field, BlocksField):
            answer[name] = [
                block | {"edit_url": page.edit_links.to(edited, block["id"])} if block["id"] else block
                for block in answer[name]
            ]
    return answer | {"meta": answer["meta"] | {"edit_urls": urls}}


class PagePreviewAPIView(PlainEndpoint):
    """A draft, for the preview of an editor.

    It is told as its page will be once it is published, and with the addresses of its fields and blocks in
    the editor. The `id` of a page that was never saved is 0.
    """

    operation_id = "previewPage"
    parameters = (
        # `_stored_answer` checks both: the token may be in the header, and a draft needs neither.
        Parameter(
            "content_type",
            str,
            "As it was given to the preview.",
            is_required=True,
            is_checked_by_reader=True,
        ),
        Parameter(
            "token",
            str,
            "As it was given to the preview, here or as `Authorization: Bearer`.",
            is_checked_by_reader=True,
        ),
    )
    security = ("previewToken", "previewTokenInQuery")
    problems = frozenset({"wrong-preview-token", "outdated-preview"})
    may_be_cached = False

    @classmethod
    def operation(cls, action: str) -> Operation:
        return replace(super().operation(action), answer=PagesAPIViewSet.record())

    @property
    def default_response_headers(self) -> dict[str, str]:
        return super().default_response_headers | {"X-Robots-Tag": "noindex"}

    def answer(self, draft: Page | None = None) -> Any:
        return self._stored_answer() if draft is None else self._snapshot_contents(draft)

    def _snapshot_contents(self, draft: Page) -> dict[str, Any]:
        """Answer `core.preview.front_end_preview`, which calls this view as an editor opens a preview."""
        failed = failed_checks(draft)
        if draft.pk is None:
            draft.pk = draft.id = NO_ID
        prepare_draft(draft)
        return {"answer": DraftViewSet(page=draft, request=self.request).answer(), "failed_checks": failed}

    def _stored_answer(self) -> Any:
        asked = self.request._request
        given = {"content_type": asked.GET.get("content_type"), "token": token_in(asked)}
        if missing := [name for name, value in given.items() if not value]:
            raise InvalidParameterError({name: [_("Open the preview from the editor.")] for name in missing})
        try:
            return json.loads(snapshot_for(asked).answer)
        except WrongTokenError as error:
            raise WrongPreviewTokenError from error
        except OutdatedTokenError as error:
            raise OutdatedPreviewError from error
