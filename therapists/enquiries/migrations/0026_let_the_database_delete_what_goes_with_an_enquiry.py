"""What goes with an enquiry goes also where the version before, which does not know every table, erases it."""

from django.conf import settings
from django.db import migrations

from core.delete_rules import hold_delete_rules


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0025_keep_drafts_for_an_hour"),
        ("therapists", "0006_keep_a_sentence_of_their_own"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [hold_delete_rules("enquiries")]
