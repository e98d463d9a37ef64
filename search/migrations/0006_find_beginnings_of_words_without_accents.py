from django.db import migrations


class Migration(migrations.Migration):
    """Whole words, unstemmed, that are found with or without their accents: “wojcik” finds “Wójcik”.

    The admin's searches and choosers look for beginnings of words with it.
    """

    dependencies = [("search", "0005_find_conditional_words_by_an_index")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TEXT SEARCH CONFIGURATION practice_beginnings (COPY = simple);
            ALTER TEXT SEARCH CONFIGURATION practice_beginnings
                ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
            """,
            "DROP TEXT SEARCH CONFIGURATION practice_beginnings",
        ),
    ]
