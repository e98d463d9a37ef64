from django.db import migrations


class Migration(migrations.Migration):
    """To rank the pages of a common word, PostgreSQL fetched the words of each long text from beside the table.

    It makes room by putting the text itself there, which only passages need. Not in one transaction: what
    searches meanwhile would wait until all rows are written.
    """

    atomic = False

    dependencies = [
        ("search", "0008_find_pages_that_say_a_title_by_an_index"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE wagtailsearch_indexentry ALTER COLUMN body SET STORAGE MAIN",
            "ALTER TABLE wagtailsearch_indexentry ALTER COLUMN body SET STORAGE EXTENDED",
        ),
        # What was written before stays where it is until it is written anew.
        migrations.RunSQL("UPDATE wagtailsearch_indexentry SET body = body || ''", migrations.RunSQL.noop),
    ]
