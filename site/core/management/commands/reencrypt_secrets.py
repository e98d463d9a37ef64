from collections.abc import Iterator

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models, transaction

from core.accounts.second_factor.secret_storage import reseal_stale
from core.encryption import EncryptedTextField, Sealed
from core.encryption.keyring import keyring


class Command(BaseCommand):
    help = (
        "Seals what older keys sealed with the newest key. Each row is a transaction of its own: "
        "stopped midway, everything stays readable, and the next run goes on."
    )

    def handle(self, *args: object, **options: object) -> None:
        moved = sum(_reseal(model, columns) for model, columns in _models_with_sealed_text()) + reseal_stale()
        self.stdout.write(f"Sealed with the newest key: {moved} rows. Older keys may now go.")


def _models_with_sealed_text() -> Iterator[tuple[type[models.Model], list[str]]]:
    for model in apps.get_models():
        columns = [
            field.attname for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)
        ]
        if columns:
            yield model, columns


def _reseal(model: type[models.Model], columns: list[str]) -> int:
    rows = model._default_manager.values_list("pk", *columns)
    keys = [key for key, *values in rows.iterator() if any(_is_stale(value) for value in values)]
    for key in keys:
        with transaction.atomic():
            row = model._default_manager.select_for_update().filter(pk=key).first()
            if row is None:
                continue
            for column in columns:
                # Reading opens it; what is set as text is sealed anew.
                setattr(row, column, getattr(row, column))
            row.save(update_fields=columns)
    return len(keys)


def _is_stale(value: Sealed) -> bool:
    return value.key_id != keyring().current_id
