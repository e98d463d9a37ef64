from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    """English stemming that also finds “Zoë” by “zoe”, and trigrams for words spelt another way.

    `SEARCH_CONFIG` in the settings names the configuration made here.
    """

    dependencies = []

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(
            """
            CREATE TEXT SEARCH CONFIGURATION practice (COPY = english);
            ALTER TEXT SEARCH CONFIGURATION practice
                ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
            """,
            "DROP TEXT SEARCH CONFIGURATION practice",
        ),
    ]
