"""Editors and moderators keep explained words."""

from django.db import migrations

from core.group_permissions import KEEPING_DRAFTS, grant


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [
        grant(["Editors", "Moderators"], "home", "glossaryterm", "explained word", KEEPING_DRAFTS)
    ]
