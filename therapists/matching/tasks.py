"""Periodic jobs. A job carries nothing but the moment it was due."""

from procrastinate.contrib.django import app

from therapists.matching.making_proposals import make_mornings_proposals


@app.periodic(cron="*/5 * * * *")
@app.task(name="matching.propose", queue="upkeep", queueing_lock="matching.propose")
def propose(timestamp: int) -> None:
    """Look whether the practice has opened: its hours, closures and holidays decide, and no fixed clock."""
    make_mornings_proposals()
