"""Tasks about a diary go with their therapist also where the version before deletes the page."""

from django.conf import settings
from django.db import migrations

from core.delete_rules import hold_delete_rules


class Migration(migrations.Migration):
    dependencies = [
        ("therapists", "0006_keep_a_sentence_of_their_own"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [hold_delete_rules("therapists", "diarytask")]
