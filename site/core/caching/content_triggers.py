"""Triggers that notify of each change of public content. A table counts as content unless it is named here.

They are made after each `migrate`, so that a new table is never forgotten. A bulk update of a thousand rows
notifies once, at its commit.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model

CHANNEL = "public_content"

#: Records of who is who, who did what and what is still to do: no page is made of them. What is kept of
#: therapists in private does count: nobody is suggested whose insurance ended.
NO_CONTENT_APPS = frozenset(
    {
        "account",
        "admin",
        "auth",
        "contenttypes",
        "demo",
        "mfa",
        "preview",
        "procrastinate",
        "sessions",
        "webhooks",
        "wagtailadmin",
        "wagtailusers",
    }
)
NO_CONTENT_MODELS = frozenset(
    {
        "therapists.diarytask",
        "wagtailcore.comment",
        "wagtailcore.commentreply",
        "wagtailcore.modellogentry",
        "wagtailcore.pagelogentry",
        "wagtailcore.pagesubscription",
        "wagtailcore.referenceindex",
        "wagtailcore.revision",
        "wagtailcore.task",
        "wagtailcore.taskstate",
        "wagtailcore.uploadedfile",
        "wagtailcore.workflow",
        "wagtailcore.workflowcontenttype",
        "wagtailcore.workflowpage",
        "wagtailcore.workflowstate",
        "wagtailcore.workflowtask",
        "wagtailsearchpromotions.query",
        "wagtailsearchpromotions.querydailyhits",
    }
)
#: Of the apps that hold what is told in confidence, only these models change what visitors read.
CONTENT_OF_PRIVATE_APPS = {
    "enquiries": frozenset(
        {
            "closure",
            "consultation",
            "enquiry",
            "enquirysettings",
            "enquirysettingstranslation",
            "offer",
            "openinghours",
            "reply",
            "statechange",
            "unansweredoffer",
        }
    ),
}

FUNCTION = f"""
CREATE OR REPLACE FUNCTION notify_{CHANNEL}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{CHANNEL}', TG_TABLE_NAME);
    RETURN NULL;
END
$$
"""
EXISTING = """
SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgname = %s AND c.relnamespace = current_schema()::regnamespace
"""


def content_tables() -> frozenset[str]:
    return frozenset(_content_tables())


def _content_tables() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if _is_content(model):
            yield model._meta.db_table


def _is_content(model: type[Model]) -> bool:
    label, name = model._meta.app_label, model._meta.model_name
    if not model._meta.managed or model._meta.proxy or label in NO_CONTENT_APPS:
        return False
    if label in CONTENT_OF_PRIVATE_APPS:
        return name in CONTENT_OF_PRIVATE_APPS[label]
    return f"{label}.{name}" not in NO_CONTENT_MODELS


def install_triggers(using: str = "default", **kwargs: Any) -> None:
    """Give each content table its trigger, and take it from the others. Connected to `post_migrate`."""
    trigger = f"notify_{CHANNEL}"
    with connections[using].cursor() as cursor:
        tables = set(connections[using].introspection.table_names(cursor)) & content_tables()
        cursor.execute(EXISTING, [trigger])
        existing = {name for (name,) in cursor.fetchall()}
        cursor.execute(FUNCTION)
        for table in sorted(tables - existing):
            cursor.execute(
                f'CREATE TRIGGER {trigger} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}"'
                f" FOR EACH STATEMENT EXECUTE FUNCTION {trigger}()"
            )
        for table in sorted(existing - tables):
            cursor.execute(f'DROP TRIGGER {trigger} ON "{table}"')
