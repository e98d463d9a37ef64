"""What holds whenever a page becomes public, whichever way: button, workflow, schedule, bulk or copy."""

import logging
from collections.abc import Collection
from typing import Any, ClassVar

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, Revision

from core.signals import page_scheduled

logger = logging.getLogger(__name__)


#: In seconds. A schedule is tried each minute; what keeps it from being kept is logged once a day.
TOLD_EACH = 24 * 60 * 60


def lock_page(pk: int) -> Page | None:
    """Let whoever else stores the page wait until this transaction ends."""
    return Page.objects.select_for_update().filter(pk=pk).first()


def keep_newest_draft(
    instance: models.Model, raw: bool, update_fields: Collection[str] | None, **kwargs: Any
) -> None:
    """Leave what was saved as a draft since a page was read: most ways store all that they read of it."""
    if not isinstance(instance, Page) or raw or update_fields is not None or instance._state.adding:
        return
    if stored := lock_page(instance.pk):
        instance.latest_revision_id = stored.latest_revision_id
        instance.latest_revision_created_at = stored.latest_revision_created_at


class UnfitForPublication(ValidationError):
    """The page cannot be published as it is."""

    def __init__(self, page: Page, error: ValidationError) -> None:
        super().__init__(error.error_dict if hasattr(error, "error_dict") else error.error_list)
        self.page = page


def check_row(row: models.Model, parent: str) -> None:
    """Raise `ValidationError` that names the row, where its form would. Whether its keys lead somewhere is
    the database's to say, and so is what may stand once."""
    keys = [
        field.name for field in row._meta.concrete_fields if field.is_relation and getattr(row, field.attname)
    ]
    try:
        row.full_clean(exclude={parent, *keys}, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        kind = capfirst(row._meta.verbose_name)
        raise ValidationError([f"{kind} “{row}”: {words}" for words in error.messages]) from error


class PublicationRules:
    """Mixed into pages: what is checked at publication, and what no copy starts with."""

    #: Fields and child rows that no copy starts with, translations included.
    never_copied: ClassVar[tuple[str, ...]] = ("go_live_at", "expire_at")
    #: Those that belong to the subject of the page: a translation has the same subject, a copy another.
    of_its_subject: ClassVar[tuple[str, ...]] = ()
    #: Whether a copy may be published at once: not where it would stand for the same as its original.
    is_published_with_its_copy: ClassVar[bool] = True

    is_being_translated = False

    @property
    def exclude_fields_in_copy(self) -> list[str]:
        """Return what Wagtail leaves out of copies."""
        return [*self.never_copied, *(() if self.is_being_translated else self.of_its_subject)]

    def copy(self, *args: Any, reset_translation_key: bool = True, **kwargs: Any) -> Page:
        self.is_being_translated = not reset_translation_key
        try:
            return super().copy(*args, reset_translation_key=reset_translation_key, **kwargs)  # type: ignore[misc]
        finally:
            self.is_being_translated = False

    def check_publication(self) -> None:
        """Raise `ValidationError` for what no public page may be, such as the second of what stands once.

        Only what is published counts: a draft stops no other page.
        """

    def check_draft_to_publish(self) -> None:
        """Raise `ValidationError`, of a draft with its child rows: `clean` may see those that are stored.

        The form of a draft that is only saved leaves its rows unchecked, as it does the page.
        """
        ends = self.expire_at  # type: ignore[attr-defined]
        if ends is not None and ends <= timezone.now():
            words = _("The day to take this page down is past. Change it or empty it first.")
            raise ValidationError({"expire_at": words})
        for relation in get_all_child_relations(type(self)):
            for row in getattr(self, relation.get_accessor_name()).all():
                check_row(row, relation.field.name)

    @property
    def is_for_later(self) -> bool:
        """Return whether publishing this draft now schedules it."""
        begins = self.go_live_at  # type: ignore[attr-defined]
        return begins is not None and begins > timezone.now()

    def clean(self) -> None:
        super().clean()  # type: ignore[misc]
        if self.live and not self.alias_of_id:  # type: ignore[attr-defined]
            self.check_publication()

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Keep which revision is public: by it Wagtail knows that a page stays so while a newer one waits.

        A draft from before the page was public says that none is.
        """
        page = super().with_content_json(content)  # type: ignore[misc]
        page.live_revision_id = self.live_revision_id  # type: ignore[attr-defined]
        return page

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Refuse to keep words of its own for an alias: publishing many at once would want them."""
        if self.alias_of_id:  # type: ignore[attr-defined]
            words = _("It is an alias, public while its original is. Publish that.")
            raise UnfitForPublication(self, ValidationError(words))
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]

    def publish(self, revision: Revision, *args: Any, log_action: bool | str = True, **kwargs: Any) -> None:
        """Publish wholly or not at all: a schedule that cannot be kept stays, and is told as late.

        Whoever saves a draft at that moment waits, or is waited for.
        """
        try:
            with transaction.atomic():
                lock_page(self.pk)  # type: ignore[attr-defined]
                revision.refresh_from_db()  # and with it the page that it remembers
                draft = revision.as_object()
                if draft.is_for_later:
                    self.check_as_public(revision)  # as its form would: now, and not at its time
                else:
                    draft.check_draft_to_publish()
                super().publish(revision, *args, log_action=log_action, **kwargs)  # type: ignore[misc]
            if draft.is_for_later:
                page_scheduled.send(sender=type(draft), instance=draft)
        except ValidationError as error:
            if log_action != "wagtail.publish.scheduled":
                raise UnfitForPublication(self, error) from error
            if cache.add(f"unfit-revision-{revision.pk}", True, timeout=TOLD_EACH):
                logger.error("Page %s cannot be published as scheduled: %s", self.pk, list(error))  # type: ignore[attr-defined]

    def check_as_public(self, revision: Revision) -> None:
        """Raise `ValidationError` for what keeps a revision from being public, though it is not yet."""
        draft = revision.as_object()
        draft.live = True
        draft.check_draft_to_publish()
        draft.full_clean()

    def unfit_because(self, revision: Revision) -> list[str]:
        """Return what keeps a revision from being published, in sentences."""
        try:
            self.check_as_public(revision)
        except ValidationError as error:
            return error.messages
        return []

    publish.alters_data = True  # type: ignore[attr-defined] # no template may call it
