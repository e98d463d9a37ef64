"""Permissions of groups, granted in migrations: so every installation has them, not only the demo."""

from collections.abc import Sequence
from typing import Any

from django.db import migrations

#: What groups are called now, by their names in older migrations.
RENAMED = {
    "Editors": "Content editor",
    "Clinical reviewers": "Clinical reviewer",
    "Profile managers": "Profile manager",
    "Administrators": "Administrator",
}
KEEPING = ("add", "change", "delete", "view")
KEEPING_DRAFTS = (*KEEPING, "publish")


def create_group(name: str) -> migrations.RunPython:
    """Return the operation that makes a group whose people may sign in to the admin."""

    def apply(apps: Any, _schema_editor: Any) -> None:
        apps.get_model("auth", "Group").objects.get_or_create(name=name)
        _give(apps, [name], "wagtailadmin", "admin", "Wagtail admin", ("access",), "access_admin")

    return migrations.RunPython(apply, migrations.RunPython.noop)


def rename_groups() -> migrations.RunPython:
    """Return the operation that gives groups their names of today, with their people and rights.

    A group that a practice made under such a name stays, and so does the one of before, beside it.
    """

    def apply(apps: Any, _schema_editor: Any) -> None:
        groups = apps.get_model("auth", "Group").objects
        for before, now in RENAMED.items():
            if not groups.filter(name=now).exists():
                groups.filter(name=before).update(name=now)

    return migrations.RunPython(apply, migrations.RunPython.noop)


def grant(
    groups: Sequence[str],
    app_label: str,
    model: str,
    verbose_name: str,
    actions: Sequence[str],
    codename: str = "",
) -> migrations.RunPython:
    """Return the operation that lets groups act on a model.

    Django creates permissions after all migrations, so those that are missing are created here, under the
    names that it would give them: `codename` for one that is not “<action>_<model>”. Nothing happens when it
    is reversed: an administrator may have granted the same.
    """

    def apply(apps: Any, _schema_editor: Any) -> None:
        _give(apps, groups, app_label, model, verbose_name, actions, codename)

    return migrations.RunPython(apply, migrations.RunPython.noop)


def _give(
    apps: Any,
    groups: Sequence[str],
    app_label: str,
    model: str,
    verbose_name: str,
    actions: Sequence[str],
    codename: str,
) -> None:
    kinds, permissions = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    kind, _created = kinds.objects.get_or_create(app_label=app_label, model=model)
    given = [
        permissions.objects.get_or_create(
            content_type=kind,
            codename=codename or f"{action}_{model}",
            defaults={"name": f"Can {action} {verbose_name}"},
        )[0]
        for action in actions
    ]
    names = {*groups, *(RENAMED[name] for name in groups if name in RENAMED)}
    for group in apps.get_model("auth", "Group").objects.filter(name__in=names):
        group.permissions.add(*given)
