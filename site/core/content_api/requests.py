from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers


class RequestSerializer(serializers.Serializer):
    """What a POST may hold. A name that is not declared is refused: a misspelt one is never passed over."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := sorted(set(data) - set(self.fields))):
            raise serializers.ValidationError({name: [_("This is not asked here.")] for name in unknown})
        return super().to_internal_value(data)
