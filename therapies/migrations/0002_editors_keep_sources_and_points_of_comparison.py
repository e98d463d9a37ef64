"""Editors and moderators keep sources and points of comparison."""

from django.db import migrations

from core.group_permissions import KEEPING_DRAFTS, grant

GROUPS = ["Editors", "Moderators"]


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [
        grant(GROUPS, "therapies", "reference", "source", KEEPING_DRAFTS),
        grant(GROUPS, "therapies", "comparisondimension", "point of comparison", KEEPING_DRAFTS),
    ]
