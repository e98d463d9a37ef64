"""Those who edit profiles keep the diaries too. Private records are given to no group."""

from django.db import migrations

ACTIONS = ["add", "change", "delete"]


def let_editors_keep_diaries(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    diary, _created = ContentType.objects.get_or_create(app_label="therapists", model="availability")
    permissions = [
        Permission.objects.get_or_create(
            content_type=diary, codename=f"{action}_availability", defaults={"name": f"Can {action} availability"}
        )[0]
        for action in ACTIONS
    ]
    for group in Group.objects.filter(name__in=["Editors", "Moderators"]):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("therapists", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [migrations.RunPython(let_editors_keep_diaries, migrations.RunPython.noop)]
