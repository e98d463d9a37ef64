"""The database itself refuses to change or delete what was written about a reading."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION enquiries_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON enquiries_accesslogentry
    FOR EACH ROW EXECUTE FUNCTION enquiries_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON enquiries_breakglass
    FOR EACH ROW EXECUTE FUNCTION enquiries_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON enquiries_teamchange
    FOR EACH ROW EXECUTE FUNCTION enquiries_append_only();
"""
BACKWARDS = """
DROP TRIGGER append_only ON enquiries_accesslogentry;
DROP TRIGGER append_only ON enquiries_breakglass;
DROP TRIGGER append_only ON enquiries_teamchange;
DROP FUNCTION enquiries_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0003_matching_team")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
