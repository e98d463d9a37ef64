"""What is said about health is handed in to a workflow that a clinical reviewer ends.

Moderators read it first. Where nobody can sign off yet, the second step is passed over (`ClinicalReview.start`).
"""

from typing import Any

from django.db import migrations

WORKFLOW = "Clinical review"


def create_workflow(apps: Any, _schema_editor: Any) -> None:
    model = apps.get_model
    if model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW).exists():
        return
    workflow = model("wagtailcore", "Workflow").objects.create(name=WORKFLOW)
    moderation = model("wagtailcore", "Task").objects.filter(name="Moderators approval", active=True).first()
    steps = [moderation, model("core", "ClinicalReview").objects.first()]
    for order, step in enumerate(filter(None, steps)):
        model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task_id=step.pk, sort_order=order)
    for kind in ("TherapyIndexPage", "ConcernIndexPage"):
        for page in model("therapies", kind).objects.all():
            model("wagtailcore", "WorkflowPage").objects.get_or_create(
                page_id=page.pk, defaults={"workflow": workflow}
            )


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0006_tell_what_was_tested_and_not_found_better"),
        ("core", "0007_send_digests_of_reviews"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(create_workflow, migrations.RunPython.noop)]
