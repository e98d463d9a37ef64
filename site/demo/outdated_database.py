"""Empties a demo database that another version of the code made, so that the sample data is made anew."""

import sys
from io import TextIOBase
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.loader import MigrationLoader


def make_anew_if_outdated(output: TextIOBase) -> None:
    """Empty the database where its tables are of other code. Raise CommandError where it is not our own."""
    if not is_outdated():
        return
    if not is_embedded():
        raise CommandError(
            "The database that DATABASE_URL names was made by another version of this site, and the demo "
            "empties none but its own: name an empty database."
        )
    output.write("The sample data is of another version of this site: it is made anew.")
    _recreate()


def is_outdated() -> bool:
    """Return whether migrations were applied that the code does not have, or has in another order."""
    loader = MigrationLoader(connection)
    own = {config.label for config in apps.get_app_configs() if _is_own(config)}
    applied = loader.applied_migrations or {}
    if any(app in own and (app, name) not in loader.disk_migrations for app, name in applied):
        return True
    try:
        loader.check_consistent_history(connection)
    except InconsistentMigrationHistory:
        return True
    return False


def is_embedded() -> bool:
    """Return whether the server is the one that keeps its data in this checkout."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            [directory] = cursor.fetchone()
    except DatabaseError:  # only who administers a server may ask
        return False
    return Path(directory).resolve() == settings.EMBEDDED_DATABASE_DIRECTORY


def _is_own(config: AppConfig) -> bool:
    path = Path(config.path)
    return path.is_relative_to(settings.ROOT) and not path.is_relative_to(sys.prefix)


def _recreate() -> None:
    name = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
