"""Editors draft sources, points of comparison and explained words; moderators publish them.

Each is shown by many pages at once, so it is handed in as a page is. An editor's right to publish them was
given by earlier migrations, and is taken back.
"""

from typing import Any

from django.db import migrations

SHOWN_BY_ALL = [("therapies", "reference"), ("therapies", "comparisondimension"), ("home", "glossaryterm")]


def hand_in(apps: Any, _schema_editor: Any) -> None:
    workflow = apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").first()
    editors = apps.get_model("auth", "Group").objects.filter(name="Editors").first()
    for app_label, model in SHOWN_BY_ALL:
        kind, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label=app_label, model=model
        )
        if workflow:
            apps.get_model("wagtailcore", "WorkflowContentType").objects.get_or_create(
                content_type=kind, defaults={"workflow": workflow}
            )
        if editors:
            rights = apps.get_model("auth", "Permission").objects.filter(content_type=kind)
            editors.permissions.remove(*rights.filter(codename=f"publish_{model}"))


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0004_say_what_changed_since_a_review"),
        ("home", "0002_editors_keep_explained_words"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(hand_in, migrations.RunPython.noop)]
