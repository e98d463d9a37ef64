"""Whoever chose a time zone of their own in the admin reads UK time too: it can no longer be chosen."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_chosen_time_zones(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("wagtailusers", "UserProfile").objects.exclude(current_time_zone="").update(
        current_time_zone=""
    )


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_record_backups"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [migrations.RunPython(forget_chosen_time_zones, migrations.RunPython.noop)]
