"""What becomes of rows when the row that they point to is deleted, held by the database itself.

Django follows `on_delete` in Python, so code that does not know a table leaves its rows behind, and the
database then refuses. While a new version is put in place the one before still runs: it could erase nothing
that a table of the new one points to.
"""

from typing import Any

from django.db import migrations, models

RULES = {models.CASCADE: "CASCADE", models.SET_NULL: "SET NULL"}

_CONSTRAINT = """
SELECT constraints.conname FROM pg_constraint AS constraints
JOIN pg_attribute AS columns ON columns.attrelid = constraints.conrelid
  AND constraints.conkey = ARRAY[columns.attnum]
WHERE constraints.contype = 'f' AND constraints.conrelid = %s::regclass AND columns.attname = %s
"""


def hold_delete_rules(app_label: str, *only: str) -> migrations.RunPython:
    """Return the operation that gives foreign keys of an app, or of these models, their rule.

    Those are meant that delete with what they point to or forget it. It may be repeated when there are new
    ones.
    """

    def apply(apps: Any, schema_editor: Any) -> None:
        for model in apps.get_app_config(app_label).get_models():
            if not only or model._meta.model_name in only:
                for field in model._meta.local_fields:
                    if field.remote_field and field.remote_field.on_delete in RULES:
                        _hold(schema_editor, field)

    return migrations.RunPython(apply, migrations.RunPython.noop)


def _hold(schema_editor: Any, field: Any) -> None:
    quote, target = schema_editor.quote_name, field.target_field
    table = quote(field.model._meta.db_table)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_CONSTRAINT, [table, field.column])
        [(name,)] = cursor.fetchall()
    schema_editor.execute(
        f"ALTER TABLE {table} DROP CONSTRAINT {quote(name)}, "
        f"ADD CONSTRAINT {quote(name)} FOREIGN KEY ({quote(field.column)}) "
        f"REFERENCES {quote(target.model._meta.db_table)} ({quote(target.column)}) "
        f"ON DELETE {RULES[field.remote_field.on_delete]} DEFERRABLE INITIALLY DEFERRED"
    )
