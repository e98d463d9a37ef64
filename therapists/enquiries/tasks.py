"""Periodic jobs. A job carries keys and nothing else."""

from procrastinate.contrib.django import app

from core.outbox import enqueue_due
from therapists.enquiries.access import team
from therapists.enquiries.mail import after_outage
from therapists.enquiries.mail.queue import deliver_message
from therapists.enquiries.models import OutgoingMessage
from therapists.enquiries.services import (
    drafts,
    erasures,
    lateness,
    lifecycle,
    offer_ends,
    outcomes,
    reminders,
    retention,
    safety,
)


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.sweep_unsent", queue="mail", queueing_lock="enquiries.sweep_unsent")
def sweep_unsent(timestamp: int) -> None:
    """Queue again whatever is due and unsent: a lost job never loses an e-mail."""
    after_outage.try_again_soon()
    enqueue_due(deliver_message, OutgoingMessage.objects.all())


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.expire_offers", queue="upkeep", queueing_lock="enquiries.expire_offers")
def expire_offers(timestamp: int) -> None:
    offer_ends.end_undeliverable()
    offer_ends.expire_overdue()


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.tell_of_lateness", queue="upkeep", queueing_lock="enquiries.tell_of_lateness")
def tell_of_lateness(timestamp: int) -> None:
    lateness.chase_safety_checks()
    lateness.escalate_late()


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.reassign_unowned", queue="upkeep", queueing_lock="enquiries.reassign_unowned")
def reassign_unowned(timestamp: int) -> None:
    lifecycle.reassign_unowned()


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.record_team_changes", queue="upkeep", queueing_lock="enquiries.record_team_changes")
def record_team_changes(timestamp: int) -> None:
    team.record_team_changes()


@app.periodic(cron="*/15 * * * *")
@app.task(name="enquiries.ask_what_became", queue="upkeep", queueing_lock="enquiries.ask_what_became")
def ask_what_became(timestamp: int) -> None:
    outcomes.ask_what_became()


@app.periodic(cron="*/15 * * * *")
@app.task(name="enquiries.remind", queue="upkeep", queueing_lock="enquiries.remind")
def remind(timestamp: int) -> None:
    reminders.remind_of_consultations()
    reminders.remind_of_offers()


@app.periodic(cron="23 9 * * *")
@app.task(name="enquiries.remind_of_diaries", queue="upkeep", queueing_lock="enquiries.remind_of_diaries")
def remind_of_diaries(timestamp: int) -> None:
    reminders.remind_of_diaries()


@app.periodic(cron="17 * * * *")
@app.task(name="enquiries.purge", queue="upkeep", queueing_lock="enquiries.purge")
def purge(timestamp: int) -> None:
    retention.purge()


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.erase_what_waited", queue="upkeep", queueing_lock="enquiries.erase_what_waited")
def erase_what_waited(timestamp: int) -> None:
    safety.erase_what_waited()


@app.periodic(cron="41 4 * * *")
@app.task(name="enquiries.forget_erasures", queue="upkeep", queueing_lock="enquiries.forget_erasures")
def forget_erasures(timestamp: int) -> None:
    erasures.forget_old()


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.purge_drafts", queue="upkeep", queueing_lock="enquiries.purge_drafts")
def purge_drafts(timestamp: int) -> None:
    drafts.purge_drafts()
