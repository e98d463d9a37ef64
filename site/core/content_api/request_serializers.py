from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers


class RequestSerializer(serializers.Serializer):
    """The body of a POST. A name that is not declared is refused, so a misspelt one is never ignored."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := sorted(set(data) - set(self.fields))):
            raise serializers.ValidationError({name: [_("This is not asked here.")] for name in unknown})
        return super().to_internal_value(data)
