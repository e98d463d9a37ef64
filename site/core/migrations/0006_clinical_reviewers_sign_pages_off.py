"""The role that signs off what is said about health, and the step of a workflow in which it does so.

The step belongs to no workflow yet: a practice without clinical reviewers could publish nothing.
"""

from typing import Any

from django.db import migrations

NAME_OF_STEP = "Clinical review"


def create_role_and_step(apps: Any, _schema_editor: Any) -> None:
    permissions = apps.get_model("auth", "Permission")
    kinds = apps.get_model("contenttypes", "ContentType")

    def permission(app_label: str, model: str, codename: str, name: str) -> Any:
        kind, _created = kinds.objects.get_or_create(app_label=app_label, model=model)
        found, _created = permissions.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        return found

    role, _created = apps.get_model("auth", "Group").objects.get_or_create(name="Clinical reviewers")
    role.permissions.add(
        permission("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin"),
        permission("core", "reviewer", "sign_off_pages", "Can sign off pages about health"),
    )
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    for action in ("change", "publish"):  # approving the last step of a workflow publishes
        granted = permission("wagtailcore", "page", f"{action}_page", f"Can {action} page")
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=role, page=root, permission=granted
        )
    step, _created = kinds.objects.get_or_create(app_label="core", model="clinicalreview")
    steps = apps.get_model("core", "ClinicalReview").objects
    if not steps.exists():
        steps.create(name=NAME_OF_STEP, content_type=step)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_tie_reviews_to_words_and_to_an_account"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [migrations.RunPython(create_role_and_step, migrations.RunPython.noop)]
