"""Parts of `site/` that other apps add: home knows none of them by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

from rest_framework.serializers import BaseSerializer
from wagtail.models import Site

from core.content_api.field_shapes import SerializedBy
from core.content_api.shapes import made_shape

type ReadPart = Callable[[Site | None], Any]


@dataclass(frozen=True)
class SitePart:
    read: ReadPart
    serializer: type[BaseSerializer]

    @property
    def shape(self) -> Any:
        return Annotated[Any, SerializedBy(self.serializer)] | None

    def of(self, site: Site | None) -> Any:
        """None where there is nothing to say of this site."""
        found = self.read(site)
        return None if found is None else self.serializer(found).data


site_parts: dict[str, SitePart] = {}


def add_to_site(name: str, read: ReadPart, serializer: type[BaseSerializer]) -> None:
    """Register what a front end shows beside each page, under this name and in the serializer's shape."""
    site_parts[name] = SitePart(read, serializer)


def read_parts(site: Site | None) -> Any:
    return {name: part.of(site) for name, part in site_parts.items()}


def with_parts(shape: Any) -> Any:
    """The shape of the answer, once every app has added to it."""
    added = {name: part.shape for name, part in site_parts.items()}
    return made_shape(shape.__name__, get_type_hints(shape, include_extras=True) | added, shape.__doc__)
