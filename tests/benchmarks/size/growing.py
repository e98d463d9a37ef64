"""Makes the sample practice larger: thousands of therapists and articles, put together from its own words.

Each new page takes its fields, and each kind of its rows, from another page of the sample, by chance: names,
sentences, concerns, fees and hours differ as they do there. The database copies the rows. In the index a page
stands as the one whose words it takes: to index a hundred thousand as usual takes an hour.
"""

import random
from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from modelsearch.backends.database.postgres.weights import get_weight
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from home.models import InfoPage
from search.models import CONFIG
from therapies.models import ConcernPage
from therapists.models import TherapistIndexPage, TherapistPage

SEED = 14
#: The rows of a therapist: those of their page, and those of their diary.
ROWS = ("therapistconcern", "therapisttherapy", "clientgroupfee", "registration", "qualification")
DIARY_ROWS = ("weeklywindow", "absence")
#: What is said in words comes from others than the rest.
WORDS = ("summary", "own_sentence", "how_i_work", "first_meeting", "about_me")


def grow(therapists: int, articles: int) -> None:
    """Add so many pages of both kinds, and their entries in the index of searches."""
    by_chance = random.Random(SEED)
    directory = TherapistIndexPage.objects.get()
    sample = list(TherapistPage.objects.child_of(directory).order_by("pk"))
    surnames = [page.title.split()[-1] for page in sample]
    with transaction.atomic():
        first_names = [page.title.split()[0] for page in sample]
        names = [
            f"{by_chance.choice(first_names)} {'-'.join(by_chance.choices(surnames, k=2))}"
            for _ in range(therapists)
        ]
        pks = [page.pk for page in sample]
        _add_pages(directory, pks, pks, names, by_chance)
        _add_therapists()
        _add_to_index(TherapistPage)
    with transaction.atomic():
        concerns = list(ConcernPage.objects.live().order_by("pk"))
        titles = [
            f"{by_chance.choice(concerns).title} and {by_chance.choice(concerns).title.lower()}"
            for _ in range(articles)
        ]
        section = InfoPage.objects.live().filter(depth=3).first()
        infos = list(InfoPage.objects.live().exclude(reviewer=None).values_list("pk", flat=True))
        # Concerns have the longest texts that fit.
        _add_pages(section, infos or [section.pk], [page.pk for page in concerns], titles, by_chance)
        _add_articles()
        _add_to_index(InfoPage)
    get_search_backend().get_index_for_model(Page)._refresh_title_norms(full=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _add_pages(
    parent: Page,
    sources: Sequence[int],
    words_of: Sequence[int],
    titles: Sequence[str],
    by_chance: random.Random,
) -> None:
    """Copy rows of `wagtailcore_page`. The table `made` keeps which page each is made of."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS made")
        cursor.execute(
            "CREATE TEMP TABLE made (id int, source int, words_of int, rows_of int, diary_of int,"
            " title text, slug text, path text)"
        )
        last = parent.get_last_child()
        path = Page._get_path(parent.path, parent.depth + 1, 0)
        first = Page._str2int(last.path[len(parent.path) :]) if last else 0
        cursor.execute("SELECT nextval('wagtailcore_page_id_seq')")
        pk = cursor.fetchone()[0]
        with cursor.copy("COPY made FROM STDIN") as copy:
            for number, title in enumerate(titles, 1):
                path = Page._get_path(parent.path, parent.depth + 1, first + number)
                chosen = [by_chance.choice(choices) for choices in (sources, words_of, sources, sources)]
                copy.write_row((pk + number, *chosen, title, f"made-{number}", path))
        cursor.execute("SELECT setval('wagtailcore_page_id_seq', %s)", [pk + len(titles) + 1])
        cursor.execute(
            _copied(
                "wagtailcore_page",
                "id = made.source",
                id="made.id",
                path="made.path",
                title="made.title",
                draft_title="made.title",
                slug="made.slug",
                depth=str(parent.depth + 1),
                url_path=f"'{parent.url_path}' || made.slug || '/'",
                translation_key="gen_random_uuid()",
                latest_revision_id="NULL::int",
                live_revision_id="NULL::int",
                alias_of_id="NULL::int",
            )
        )
        cursor.execute(
            "UPDATE wagtailcore_page SET numchild = numchild + %s WHERE id = %s", [len(titles), parent.pk]
        )


def _add_therapists() -> None:
    with connection.cursor() as cursor:
        words = {
            field: f"(SELECT {field} FROM therapists_therapistpage WHERE page_ptr_id = made.words_of)"
            for field in WORDS
        }
        cursor.execute(
            _copied("therapists_therapistpage", "page_ptr_id = made.source", page_ptr_id="made.id", **words)
        )
        for rows in ROWS:
            cursor.execute(
                _copied(
                    f"therapists_{rows}",
                    "therapist_id = made.rows_of",
                    id=_next(f"therapists_{rows}"),
                    therapist_id="made.id",
                    **{"number": "made.id::text"} if rows == "registration" else {},
                )
            )
        cursor.execute(
            _copied(
                "therapists_availability",
                "therapist_id = made.diary_of",
                id=_next("therapists_availability"),
                therapist_id="made.id",
            )
        )
        cursor.execute(
            _copied(
                "therapists_therapistprivate",
                "therapist_id = made.rows_of",
                id=_next("therapists_therapistprivate"),
                therapist_id="made.id",
            )
        )
        cursor.execute(
            "CREATE TEMP TABLE diaries ON COMMIT DROP AS SELECT new.id, old.id AS source FROM made"
            " JOIN therapists_availability new ON new.therapist_id = made.id"
            " JOIN therapists_availability old ON old.therapist_id = made.diary_of"
        )
        for rows in DIARY_ROWS:
            copied = _copied(
                f"therapists_{rows}",
                "availability_id = made.source",
                id=_next(f"therapists_{rows}"),
                availability_id="made.id",
            )
            cursor.execute(copied.replace("JOIN made ", "JOIN diaries made "))


def _add_articles() -> None:
    body = "(SELECT body FROM therapies_concernpage WHERE page_ptr_id = made.words_of)"
    with connection.cursor() as cursor:
        cursor.execute(
            _copied("home_infopage", "page_ptr_id = made.source", page_ptr_id="made.id", body=body)
        )


def _add_to_index(kind: type[Page]) -> None:
    kind_id = ContentType.objects.get_for_model(kind).pk
    weight = get_weight(next(field for field in kind.search_fields if field.field_name == "title").boost)
    config = get_search_backend().autocomplete_config
    with connection.cursor() as cursor:
        cursor.execute(
            _copied(
                "wagtailsearch_indexentry",
                "object_id = made.words_of::text AND rows_.content_type_id ="
                " (SELECT content_type_id FROM wagtailcore_page page WHERE page.id = made.words_of)",
                id=_next("wagtailsearch_indexentry"),
                object_id="made.id",
                content_type_id=str(kind_id),
                title=f"setweight(to_tsvector('{CONFIG}', made.title), '{weight}')",
                title_text="made.title",
                autocomplete=f"setweight(to_tsvector('{config}', made.title), 'D')",
            )
        )
        cursor.execute(
            "CREATE TEMP TABLE said ON COMMIT DROP AS"
            f" SELECT {_next('search_conditionalwords')} AS id, words.id AS source, made.id AS page"
            " FROM search_conditionalwords words JOIN made ON words.page_id = made.words_of"
        )
        for table, condition, changes in (
            ("search_conditionalwords", "id = made.source", {"id": "made.id", "page_id": "made.page"}),
            ("search_need", "words_id = made.source", {"id": _next("search_need"), "words_id": "made.id"}),
        ):
            cursor.execute(_copied(table, condition, **changes).replace("JOIN made ", "JOIN said made "))
        cursor.execute("DROP TABLE said")


def _copied(table: str, condition: str, **changes: str) -> str:
    """Return SQL that adds a row for each one in `made`, like the one it is made of but for the changes."""
    changed = ", ".join(f"'{column}', {value}" for column, value in changes.items())
    return (
        f"INSERT INTO {table} SELECT (jsonb_populate_record(rows_, jsonb_build_object({changed}))).*"
        f" FROM {table} rows_ JOIN made ON rows_.{condition}"
    )


def _next(table: str) -> str:
    return f"nextval('{table}_id_seq')"
