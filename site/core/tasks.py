"""Periodic tasks."""

from django.core.management import call_command
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(name="core.publish_scheduled", queue="upkeep", lock="core.publish_scheduled")
def publish_scheduled(timestamp: int) -> None:
    """Publish what is scheduled for now, and unpublish what has expired."""
    call_command("publish_scheduled")
