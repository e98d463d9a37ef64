"""The one role that reads enquiries. Editors and moderators get nothing."""

from django.db import migrations


def create_team(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")

    def permission(app_label, model, codename, name):
        content_type, _created = ContentType.objects.get_or_create(app_label=app_label, model=model)
        return Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )[0]

    team, _created = Group.objects.get_or_create(name="Matching team")
    team.permissions.add(
        permission("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin"),
        permission("enquiries", "enquiry", "handle_enquiry", "Can read and handle enquiries"),
        permission("home", "riskphrase", "add_riskphrase", "Can add risk phrase"),
        permission("home", "riskphrase", "change_riskphrase", "Can change risk phrase"),
        permission("home", "riskphrase", "delete_riskphrase", "Can delete risk phrase"),
        permission("enquiries", "enquirysettings", "change_enquirysettings", "Can change enquiries"),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0002_relations_and_limits"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(create_team, migrations.RunPython.noop)]
