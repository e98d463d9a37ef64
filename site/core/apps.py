from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate, pre_save
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Site")

    def ready(self) -> None:
        from wagtail.signals import page_published, workflow_submitted

        import core.checks
        import core.encryption.checks  # noqa: F401 - each registers what it holds
        from core.accounts.own_address import ask_before_an_address_is_changed
        from core.admin import page_warnings
        from core.admin.accents import find_without_accents
        from core.admin.bulk_publishing import register_notes_on_drafts
        from core.admin.choosers import remove_inline_scripts_of_choosers
        from core.admin.spreadsheets import make_exports_safe
        from core.admin.unanswered_changes import (
            note_on_unanswered_change,
            tell_of_a_change_for_later,
            tell_of_an_unanswered_change,
        )
        from core.automatic_redirects import keep_redirects_without_a_clash
        from core.caching.content_triggers import install_triggers
        from core.claims import told_claims
        from core.models.publication import keep_newest_draft
        from core.models.routed_pages import remember_sites
        from core.picture_sizes import make_sizes_ahead
        from core.signals import page_scheduled

        remove_inline_scripts_of_choosers()
        make_exports_safe()
        find_without_accents()
        ask_before_an_address_is_changed()
        page_warnings.register_page_warnings(told_claims)
        page_published.connect(page_warnings.tell_of_published)
        page_published.connect(tell_of_an_unanswered_change)
        page_scheduled.connect(page_warnings.tell_of_published)
        page_scheduled.connect(tell_of_a_change_for_later)
        register_notes_on_drafts(note_on_unanswered_change)
        workflow_submitted.connect(page_warnings.tell_of_handed_in)
        keep_redirects_without_a_clash()
        pre_save.connect(keep_newest_draft)
        remember_sites()
        make_sizes_ahead()
        post_migrate.connect(install_triggers, sender=self)
        autodiscover_modules("styleguide")
        autodiscover_modules("alarms")
        autodiscover_modules("first_steps")
        autodiscover_modules("waiting")
        if settings.SENTRY_DSN:
            from core.logs import error_reports  # takes two megabytes of each process

            error_reports.set_up(settings.SENTRY_DSN, settings.SENTRY_ENVIRONMENT)
