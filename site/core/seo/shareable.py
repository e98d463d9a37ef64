"""What has a URL that can be shared: a page, or something that a page shows at a URL of its own."""

from typing import Protocol

from django.http import HttpRequest
from django.utils.functional import Promise

from core.models import PracticeImage
from core.seo.structured_data import Node


class Shareable(Protocol):
    @property
    def schema_type(self) -> str: ...

    @property
    def kind_label(self) -> str | Promise: ...

    @property
    def share_title(self) -> str: ...

    @property
    def description(self) -> str: ...

    @property
    def shared_image(self) -> PracticeImage | None: ...

    def get_canonical_url(self, request: HttpRequest) -> str: ...

    def structured_data(self, request: HttpRequest) -> list[Node]: ...
