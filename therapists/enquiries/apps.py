from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class EnquiriesConfig(AppConfig):
    name = "therapists.enquiries"
    verbose_name = _("Enquiries")

    def ready(self) -> None:
        from core.accounts.idle_sessions import sign_out_when_idle
        from core.accounts.second_factor.requirement import require_second_factor_for
        from core.admin.bulk_publishing import register_notes_on_drafts
        from core.signals import site_restored
        from therapists.enquiries.access.signal_handlers import watch_team
        from therapists.enquiries.free_times import next_places, practice_time, times_taken
        from therapists.enquiries.kept_records import keep_what_enquiries_need
        from therapists.enquiries.services.departures import take_back_from_whoever_leaves
        from therapists.enquiries.services.diary_tasks import settle_as_diaries_change
        from therapists.enquiries.services.erase_again import erase_after_restoring
        from therapists.enquiries.services.profile_proposals import (
            note_on_a_proposal,
            settle_as_profiles_are_published,
        )
        from therapists.models.availability import BookingReaders, register_bookings

        require_second_factor_for("enquiries.handle_enquiry")
        sign_out_when_idle("enquiries.handle_enquiry")
        register_bookings(BookingReaders(practice_time, next_places, times_taken))
        watch_team()
        keep_what_enquiries_need()
        take_back_from_whoever_leaves()
        settle_as_diaries_change()
        settle_as_profiles_are_published()
        register_notes_on_drafts(note_on_a_proposal)
        if settings.MAIL_EVENTS_SECRET:
            from therapists.enquiries.mail_events import listen_for_bounces  # loads every provider's code

            listen_for_bounces()
        site_restored.connect(erase_after_restoring)
