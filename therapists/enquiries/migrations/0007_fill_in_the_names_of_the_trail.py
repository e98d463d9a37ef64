"""Write the names into what was recorded before names were kept. The log is append-only but for this."""

from django.db import migrations

FORWARDS = """
ALTER TABLE enquiries_accesslogentry DISABLE TRIGGER append_only;
ALTER TABLE enquiries_breakglass DISABLE TRIGGER append_only;
UPDATE enquiries_accesslogentry SET reader_name = auth_user.username
    FROM auth_user WHERE auth_user.id = reader_id;
UPDATE enquiries_accesslogentry SET therapist_name = wagtailcore_page.title
    FROM wagtailcore_page WHERE wagtailcore_page.id = therapist_id;
UPDATE enquiries_breakglass SET opened_by_name = auth_user.username
    FROM auth_user WHERE auth_user.id = opened_by_id;
UPDATE enquiries_statechange SET changed_by_name = auth_user.username
    FROM auth_user WHERE auth_user.id = changed_by_id;
UPDATE enquiries_offer SET therapist_name = wagtailcore_page.title
    FROM wagtailcore_page WHERE wagtailcore_page.id = therapist_id;
ALTER TABLE enquiries_accesslogentry ENABLE TRIGGER append_only;
ALTER TABLE enquiries_breakglass ENABLE TRIGGER append_only;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("enquiries", "0006_protect_the_trail_and_keep_its_names"),
        ("wagtailcore", "0096_referenceindex_referenceindex_source_object_and_more"),
    ]

    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
