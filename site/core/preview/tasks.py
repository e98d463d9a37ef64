"""Periodic tasks."""

from procrastinate.contrib.django import app

from core.preview.models import DraftSnapshot


@app.periodic(cron="*/5 * * * *")
@app.task(name="preview.purge", queue="upkeep", queueing_lock="preview.purge")
def purge(timestamp: int) -> None:
    DraftSnapshot.objects.outdated().delete()
