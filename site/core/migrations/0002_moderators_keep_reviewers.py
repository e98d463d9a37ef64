"""Moderators keep reviewers: who signs off health content is no editor's to say."""

from django.db import migrations

from core.group_permissions import KEEPING, grant


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [grant(["Moderators"], "core", "reviewer", "reviewer", KEEPING)]
