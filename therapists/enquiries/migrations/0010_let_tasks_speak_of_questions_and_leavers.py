from django.db import migrations, models


class Migration(migrations.Migration):
    """Bring together two that were written at the same time."""

    dependencies = [
        ("enquiries", "0009_keep_questions_and_what_waits_for_therapists"),
        ("enquiries", "0009_let_a_task_say_that_a_therapist_left"),
    ]

    operations = [
        migrations.AlterField(
            model_name='followup',
            name='kind',
            field=models.CharField(choices=[('mail_failed', 'An e-mail could not be sent'), ('not_safe_to_email', 'Reach them by phone: e-mail is not safe'), ('read_for_safety', 'Read this today: it may be about safety'), ('changed_by_visitor', 'They changed what they told us: look again'), ('therapist_left', 'Their therapist has left the practice: see what they need'), ('no_candidate', 'No one left to offer this to'), ('therapist_lapsed', 'They said yes and may not be introduced: see why'), ('question', 'A therapist asks something before they answer'), ('stepped_back', 'The therapist stepped back after their yes: find someone else')], max_length=20, verbose_name='what'),
        ),
    ]
