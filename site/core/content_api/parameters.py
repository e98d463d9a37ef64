"""Parameters of endpoints: one declaration describes a parameter, checks what is sent, and gives its type."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, get_args, get_origin

from annotated_types import Ge, Le
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from pydantic import AllowInfNan, TypeAdapter, ValidationError
from rest_framework.request import Request

from core.content_api.errors import InvalidParameterError
from core.content_api.representation.answer_types import list_type

#: The bounds of a whole number that declares none: the greatest id, and what any column can hold.
LEAST, GREATEST = 0, 2**31 - 1


@dataclass(frozen=True)
class Parameter[Value]:
    """A parameter of an endpoint. The checked value is `self.arguments[PARAMETER]`.

    A list is sent as one text with commas, or each of its values by itself, or both. A whole number without
    bounds is from 0 to `GREATEST`. A second value where one is allowed, a NUL character, and what does not
    fit the type is refused, so no endpoint has to.
    """

    name: str
    annotation: Any
    description: str = ""
    location: Literal["query", "path", "header"] = "query"
    is_required: bool = False
    #: The value where none is sent.
    default: Any = None
    examples: Sequence[Any] = ()
    #: The error message, in place of one that is made from the type.
    message: str | Promise = ""
    #: True where the value is not checked here, but by what reads it: a filter's form, Wagtail's `fields`.
    is_checked_by_reader: bool = False
    #: True where several values are read though one is described.
    may_be_several: bool = False

    @property
    def is_checked(self) -> bool:
        """Parts of the path are checked by the converters of the URL pattern."""
        return self.location != "path" and not self.is_checked_by_reader

    @property
    def is_list(self) -> bool:
        return self.may_be_several or get_origin(self.annotation) is list

    @cached_property
    def value_type(self) -> Any:
        """The type with the bounds that its whole numbers lack."""
        return bounded(self.annotation) if self.is_checked else self.annotation

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.value_type)

    @cached_property
    def schema(self) -> dict[str, Any]:
        """As JSON has it: written once, for it takes longer than all else that refuses a value."""
        return self.adapter.json_schema()

    def parse(self, texts: Sequence[str]) -> Value:
        """Return the value. Raise `ValueError`, with a message for the client, unless it fits the type."""
        if not texts:
            if self.is_required:
                raise ValueError(self.message or self._expected() or _("This is required."))
            return self.default
        if len(texts) > 1 and not self.is_list:
            raise ValueError(_("Send this once."))
        if any("\x00" in text for text in texts):
            raise ValueError(self.message or _("This contains a character that no text has."))
        try:
            return self.adapter.validate_python(values_in(texts) if self.is_list else texts[0])
        except ValidationError as error:
            said: Any = error.errors()[0]
            own = str(said["ctx"]["error"]) if said["type"] == "value_error" else ""
            raise ValueError(self.message or own or self._expected() or said["msg"]) from None

    def _expected(self) -> str:
        """Say what the type allows, or nothing where that would be long."""
        match self.schema.get("items", self.schema):
            case {"type": "integer", "minimum": least, "maximum": greatest}:
                limits = {"least": least, "greatest": greatest}
                return _("Give a whole number from %(least)s to %(greatest)s.") % limits
            case {"enum": known}:
                return _("Choose among: %(known)s.") % {"known": ", ".join(map(str, known))}
            case {"maxLength": most}:
                return _("Give at most %(limit)s letters.") % {"limit": most}
        return ""


def values_in(texts: Iterable[str]) -> list[str]:
    """Return the values of a list, which are sent with commas between them or one by one."""
    return [value for text in texts for value in text.split(",") if value]


def bounded(annotation: Any) -> Any:
    """Return the type with bounds for its whole numbers: beyond these a database answers with an error.

    Of other numbers, infinity and NaN are left out: JSON has neither.
    """
    if get_origin(annotation) is list:
        return list_type(*map(bounded, get_args(annotation)))
    schema = TypeAdapter(annotation).json_schema()
    if schema.get("type") == "number":
        return Annotated[annotation, AllowInfNan(False)]
    if schema.get("type") != "integer":
        return annotation
    if not {"minimum", "exclusiveMinimum"} & schema.keys():
        annotation = Annotated[annotation, Ge(LEAST)]
    if not {"maximum", "exclusiveMaximum"} & schema.keys():
        annotation = Annotated[annotation, Le(GREATEST)]
    return annotation


class Arguments:
    """The checked values of an endpoint's parameters."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    @classmethod
    def read(cls, request: Request, parameters: Iterable[Parameter]) -> "Arguments":
        """Check what was sent. Raise `InvalidParameterError` that names each parameter at fault."""
        values, errors = {}, {}
        for parameter in parameters:
            texts = _sent(parameter, request)
            if parameter.is_checked or (len(texts) > 1 and not parameter.is_list):
                try:
                    values[parameter.name] = parameter.parse(texts)
                except ValueError as error:
                    errors[parameter.name] = [str(error)]
        if errors:
            raise InvalidParameterError(errors)
        return cls(values)

    def __getitem__[Value](self, parameter: Parameter[Value]) -> Value:
        """Return its value, or its default where the action does not take it: one record has no order."""
        return self._values.get(parameter.name, parameter.default)


def _sent(parameter: Parameter, request: Request) -> list[str]:
    if parameter.location == "header":
        return [request.headers[parameter.name]] if parameter.name in request.headers else []
    return request.GET.getlist(parameter.name) if parameter.location == "query" else []
