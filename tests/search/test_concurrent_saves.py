"""Pages that two editors save at the same time."""

import pytest
from django.db import connection
from wagtail.search.models import IndexEntry

from tests.factories.home import InfoPageFactory, make_site


@pytest.fixture
def fees(own_database, transactional_db):
    return InfoPageFactory(parent=make_site(), title="Fees", slug="fees")


@pytest.fixture
def another_connection():
    """The connection of another editor, in an open transaction."""
    other = connection.copy()
    other.set_autocommit(False)
    yield other
    other.rollback()
    other.close()


def test_a_new_title_that_another_transaction_has_locked_is_not_waited_for(fees, another_connection):
    locked = IndexEntry.objects.exclude(object_id=fees.pk).first()
    IndexEntry.objects.filter(pk=locked.pk).update(title_norm=1.0)
    with another_connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM wagtailsearch_indexentry WHERE id = %s FOR UPDATE", [locked.pk])
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '1s'")

    fees.title = "What it costs"
    fees.save()

    assert IndexEntry.objects.get(object_id=fees.pk).title_text == "What it costs"


def test_the_shorter_title_weighs_more(fees):
    long = InfoPageFactory(
        parent=fees, title="Everything about the fees of a first consultation", slug="long"
    )
    fees.save()
    weights = dict(IndexEntry.objects.values_list("object_id", "title_norm"))
    assert weights[str(fees.pk)] > weights[str(long.pk)]
