"""What an editor saves while another is saving."""

import pytest
from django.db import connection
from wagtail.search.models import IndexEntry

from tests.factories.home import InfoPageFactory, make_site


@pytest.fixture
def fees(own_database, transactional_db):
    return InfoPageFactory(parent=make_site(), title="Fees", slug="fees")


@pytest.fixture
def someone_else():
    """The connection of another editor, in the midst of a transaction."""
    other = connection.copy()
    other.set_autocommit(False)
    yield other
    other.rollback()
    other.close()


def test_a_title_of_the_average_weight_that_another_writes_is_left_to_them(fees, someone_else):
    busy = IndexEntry.objects.exclude(object_id=fees.pk).first()
    IndexEntry.objects.filter(pk=busy.pk).update(title_norm=1.0)
    with someone_else.cursor() as cursor:
        cursor.execute("SELECT 1 FROM wagtailsearch_indexentry WHERE id = %s FOR UPDATE", [busy.pk])
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
