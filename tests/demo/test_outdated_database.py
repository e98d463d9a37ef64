"""A demo database of other code is emptied, where it is the checkout's own; any other is left alone."""

from io import StringIO

import pytest
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from demo.outdated_database import is_outdated, make_anew_if_outdated

LINE = "The sample data is of another version of this site: it is made anew."


@pytest.fixture
def applied(own_database):
    return MigrationRecorder(connection).migration_qs


def make_anew() -> str:
    output = StringIO()
    make_anew_if_outdated(output)
    return output.getvalue()


def tables() -> list[str]:
    return connection.introspection.table_names()


def test_a_database_of_this_code_is_kept(applied):
    assert make_anew() == ""
    assert "home_homepage" in tables()


def test_a_database_that_is_new_is_kept(applied):
    applied.all().delete()
    assert make_anew() == ""


@pytest.mark.parametrize("app", ["home", "demo", "enquiries"])
def test_a_database_with_migrations_that_the_code_has_not_got_is_emptied(applied, app):
    applied.create(app=app, name="0031_words_that_went")
    assert make_anew() == LINE
    assert tables() == []


def test_a_database_whose_migrations_have_another_order_is_emptied(applied):
    applied.get(app="core", name="0001_initial").delete()
    assert make_anew() == LINE
    assert tables() == []


def test_what_a_library_no_longer_has_is_no_reason(applied):
    applied.create(app="wagtailcore", name="0001_squashed_away")
    assert not is_outdated()


def test_a_database_elsewhere_is_refused_and_left_as_it_is(applied, settings, tmp_path):
    settings.EMBEDDED_DATABASE_DIRECTORY = tmp_path
    applied.create(app="home", name="0031_words_that_went")
    with pytest.raises(CommandError, match="name an empty database"):
        make_anew()
    assert "home_homepage" in tables()
