import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Words that depend on other records stand beside the index. `search.signal_handlers` fills both anew."""

    dependencies = [
        ("search", "0001_text_search_without_accents"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            """
            CREATE AGGREGATE practice_vectors_joined(tsvector)
                (SFUNC = tsvector_concat, STYPE = tsvector, INITCOND = '')
            """,
            "DROP AGGREGATE practice_vectors_joined(tsvector)",
        ),
        migrations.CreateModel(
            name="ConditionalWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "title_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("page", "Page"), ("image", "Image"), ("dimension", "Dimension")],
                        max_length=10,
                    ),
                ),
                ("record", models.BigIntegerField()),
                (
                    "words",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needs",
                        to="search.conditionalwords",
                    ),
                ),
            ],
        ),
    ]
