"""Permissions of groups, granted in migrations: so every installation has them, not only the demo."""

from collections.abc import Sequence
from typing import Any

from django.db import migrations

KEEPING = ("add", "change", "delete", "view")
KEEPING_DRAFTS = (*KEEPING, "publish")


def grant(
    groups: Sequence[str], app_label: str, model: str, verbose_name: str, actions: Sequence[str]
) -> migrations.RunPython:
    """Return the operation that lets groups act on a model.

    Django creates permissions after all migrations, so those that are missing are created here, under the
    names that it would give them. Nothing happens when it is reversed: an administrator may have granted the
    same.
    """

    def apply(apps: Any, _schema_editor: Any) -> None:
        permission, content_type = (
            apps.get_model("auth", "Permission"),
            apps.get_model("contenttypes", "ContentType"),
        )
        kind, _created = content_type.objects.get_or_create(app_label=app_label, model=model)
        permissions = [
            permission.objects.get_or_create(
                content_type=kind,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {verbose_name}"},
            )[0]
            for action in actions
        ]
        for group in apps.get_model("auth", "Group").objects.filter(name__in=groups):
            group.permissions.add(*permissions)

    return migrations.RunPython(apply, migrations.RunPython.noop)
