"""Editors and moderators keep what is said of help elsewhere."""

from django.db import migrations

from core.group_permissions import KEEPING, grant


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_say_what_is_not_treated_here_and_who_does"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [grant(["Editors", "Moderators"], "search", "otherhelp", "help elsewhere", KEEPING)]
