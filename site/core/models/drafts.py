"""Drafts that refer to something that was deleted since, such as a reference."""

from typing import Any, Self

from django.db import models
from modelcluster.models import ClusterableModel


class ForgivingDraft(ClusterableModel):
    """Lets a draft be opened though it refers to a deleted row through a foreign key with PROTECT.

    modelcluster handles CASCADE and SET_NULL itself. As there, a child row whose key is required is dropped.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Self | None:
        gone = _protected_and_gone(cls, data) if check_fks else []
        if strict_fks and not all(field.null for field in gone):
            return None
        emptied = data | {field.name: None for field in gone}
        return super().from_serializable_data(emptied, check_fks, strict_fks)


def _protected_and_gone(model: type[models.Model], data: dict[str, Any]) -> list[models.ForeignKey]:
    protected = [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.PROTECT
    ]
    return [
        field
        for field in protected
        if data.get(field.name)
        and not field.related_model._default_manager.filter(pk=data[field.name]).exists()
    ]
