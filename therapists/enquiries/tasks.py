"""Work that comes round. Jobs carry keys and nothing else."""

from procrastinate.contrib.django import app

from therapists.enquiries.access import team
from therapists.enquiries.mail.queue import deliver_message
from therapists.enquiries.models import OutgoingMessage
from therapists.enquiries.services import lifecycle, offers, retention


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.sweep_unsent", queue="mail")
def sweep_unsent(timestamp: int) -> None:
    """Queue again whatever is due and unsent: a lost job never loses an e-mail."""
    for key in OutgoingMessage.objects.due().values_list("pk", flat=True).iterator():
        deliver_message.defer(message_id=str(key))


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.expire_offers", queue="upkeep")
def expire_offers(timestamp: int) -> None:
    offers.expire_overdue()


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.hand_over", queue="upkeep")
def hand_over(timestamp: int) -> None:
    lifecycle.reassign_unowned()


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.look_at_team", queue="upkeep")
def look_at_team(timestamp: int) -> None:
    team.write_down_team_changes()


@app.periodic(cron="17 * * * *")
@app.task(name="enquiries.purge", queue="upkeep")
def purge(timestamp: int) -> None:
    retention.purge()
