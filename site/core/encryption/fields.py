import base64
from typing import Any
from uuid import UUID

from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from core.encryption.keyring import keyring
from core.encryption.sealing import Place, key_id_of, open_sealed, seal


class Sealed(bytes):
    """An encrypted value as the database holds it. Only the attribute of its own row decrypts it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__

    @property
    def key_id(self) -> str:
        return key_id_of(self)


class EncryptedAttribute(DeferredAttribute):
    """Decrypts at each access; the instance in memory keeps the encrypted value."""

    field: "EncryptedTextField"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            return open_sealed(value, self.field.place(instance), keyring())
        return value

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.Field):
    """Encrypted text, bound to its row (whose key must be a UUID) and its column.

    It cannot be filtered by, ordered by, or set through `QuerySet.update()`: each would need the row.
    """

    descriptor_class = EncryptedAttribute
    empty_strings_allowed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        errors = super().check(**kwargs)
        if not isinstance(self.model._meta.pk, models.UUIDField) or not self.model._meta.pk.has_default():
            errors.append(
                checks.Error(
                    "A row with sealed text needs a UUID primary key that it makes itself.",
                    obj=self,
                    id="core.E001",
                )
            )
        return errors

    def get_internal_type(self) -> str:
        return "BinaryField"

    def place(self, instance: models.Model) -> Place:
        row = instance.pk if isinstance(instance.pk, UUID) else UUID(str(instance.pk))
        return Place(instance._meta.db_table, self.db_column or self.attname, str(row))

    def from_db_value(self, value: Any, expression: object, connection: object) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed:
        value = model_instance.__dict__[self.attname]
        if isinstance(value, Sealed):
            return value
        return Sealed(seal(value, self.place(model_instance), keyring()))

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is None or isinstance(value, Sealed):
            return value if value is None else bytes(value)
        raise TypeError(f"“{self.name}” is sealed to its row: set it on the row and save that.")

    def value_to_string(self, obj: models.Model) -> str:
        """Return the encrypted value, for `dumpdata`."""
        return base64.b64encode(self.pre_save(obj, add=False)).decode()

    def formfield(self, *args: Any, **kwargs: Any) -> None:
        """Return no form field: forms handle decrypted text themselves."""
        return None
