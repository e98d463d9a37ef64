from django.db import migrations, models


def draw_as_before(apps, schema_editor):
    """Until now the one key was also the other."""
    apps.get_model("enquiries", "Enquiry").objects.update(draw_key=models.F("idempotency_key"))


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0012_counts_of_unmet_demand")]

    operations = [
        migrations.AddField("enquiry", "draw_key", models.UUIDField(null=True)),
        migrations.RunPython(draw_as_before, migrations.RunPython.noop),
        migrations.AlterField("enquiry", "draw_key", models.UUIDField(unique=True)),
    ]
