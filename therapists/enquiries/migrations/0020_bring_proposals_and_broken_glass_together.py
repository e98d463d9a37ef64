from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0018_keep_proposals_for_all_who_wait"),
        ("enquiries", "0019_tell_the_team_that_glass_was_broken"),
    ]

    operations: list[migrations.operations.base.Operation] = []
