"""A registry of parts that other apps add to the answer of `site/`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

from rest_framework.serializers import BaseSerializer
from wagtail.models import Site

from core.content_api.representation.answer_types import typed_dict
from core.content_api.representation.serializer_types import SerializedBy

type ReadPart = Callable[[Site | None], Any]


@dataclass(frozen=True)
class SitePart:
    read: ReadPart
    serializer: type[BaseSerializer]

    @property
    def answer_type(self) -> Any:
        return Annotated[Any, SerializedBy(self.serializer)] | None

    def of(self, site: Site | None) -> Any:
        """Return the part's answer, or None where it has nothing about this site."""
        found = self.read(site)
        return None if found is None else self.serializer(found).data


site_parts: dict[str, SitePart] = {}


def add_to_site(name: str, read: ReadPart, serializer: type[BaseSerializer]) -> None:
    """Register a part of `site/`: what `read` returns for a site, as the serializer writes it."""
    site_parts[name] = SitePart(read, serializer)


def read_parts(site: Site | None) -> Any:
    return {name: part.of(site) for name, part in site_parts.items()}


def with_parts(answer_type: Any) -> Any:
    """Return the type of the answer with all registered parts."""
    added = {name: part.answer_type for name, part in site_parts.items()}
    fields = get_type_hints(answer_type, include_extras=True) | added
    return typed_dict(answer_type.__name__, fields, answer_type.__doc__)
