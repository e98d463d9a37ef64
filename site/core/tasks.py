"""Work that comes round for the ground of the site."""

from django.core.management import call_command
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(name="home.publish_scheduled", queue="upkeep", lock="home.publish_scheduled")
def publish_scheduled(timestamp: int) -> None:
    """Publish what an editor gave a time to go live, and take down what has expired."""
    call_command("publish_scheduled")
