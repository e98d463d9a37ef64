import json
import uuid
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.languages import language_or_default
from core.phone_numbers import as_stored, as_written
from therapists.enquiries.answers import ANSWERS, ContactDetails, EnquiryAnswers, FreeText, Told
from therapists.enquiries.enums import AT_REST, Priority, StartHorizon, State
from therapists.enquiries.models.base import PrivateModel
from therapists.enquiries.models.follow_ups import FollowUp
from therapists.enums import ClientGroup, Gender, Language, SessionFormat
from therapists.models import TherapistPage


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def active(self) -> Self:
        """Someone still has to do something."""
        return self.exclude(deadline=None)

    def late(self) -> Self:
        return self.filter(deadline__lt=timezone.now())

    def locked(self, enquiry_id: uuid.UUID) -> "Enquiry":
        """Return the enquiry, held until the transaction ends. Whoever changes one takes it from here."""
        return self.select_for_update(of=("self",)).get(pk=enquiry_id)

    def by_urgency(self) -> Self:
        """What is due first comes first; what is done comes last."""
        return self.order_by(models.F("deadline").asc(nulls_last=True), "-received_at")

    def with_task_mark(self) -> Self:
        """Say of each, as `has_task`, whether something is left for a person to do."""
        open_tasks = FollowUp.objects.filter(enquiry=models.OuterRef("pk"), done_at=None)
        return self.annotate(has_task=models.Exists(open_tasks))

    def with_answers(self) -> Self:
        """All that `answers()` reads, in a constant number of queries."""
        return self.prefetch_related(*(name for name, kind in ANSWERS.items() if kind.has_rows))


class Enquiry(PrivateModel):
    """What someone asked of the practice. How to reach them and their own words are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    #: The same key again is the same enquiry.
    idempotency_key = models.UUIDField(unique=True)
    #: Decides draws in the ranking. Of one opening of the form, which makes one enquiry at most.
    draw_key = models.UUIDField(unique=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)

    state = models.CharField(_("state"), max_length=15, choices=State, default=State.RECEIVED)
    state_since = models.DateTimeField(_("in this state since"), default=timezone.now)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    #: None once nothing more is to be done.
    deadline = models.DateTimeField(_("due"), null=True, blank=True)
    first_reply_at = models.DateTimeField(_("first reply by a person"), null=True, blank=True)

    #: Its sender wants it erased, and a person reads it first: it may be about their safety.
    erasure_asked_at = models.DateTimeField(_("erasure asked for"), null=True)

    client_group = models.CharField(_("for"), max_length=12, choices=ClientGroup)
    formats = ArrayField(
        models.CharField(max_length=10, choices=SessionFormat), verbose_name=_("ways to meet"), default=list
    )
    genders = ArrayField(
        models.CharField(max_length=12, choices=Gender), verbose_name=_("therapist’s gender"), default=list
    )
    gender_is_essential = models.BooleanField(_("gender is essential"), default=False)
    languages = ArrayField(
        models.CharField(max_length=5, choices=Language), verbose_name=_("languages"), default=list
    )
    language_is_essential = models.BooleanField(_("language is essential"), default=False)
    only_these_slots = models.BooleanField(_("only these times"), default=False)
    start_within = models.PositiveSmallIntegerField(_("to start"), choices=StartHorizon, null=True)
    budget = models.DecimalField(_("budget for a session"), max_digits=6, decimal_places=2, null=True)
    budget_is_firm = models.BooleanField(_("budget is firm"), default=False)
    wants_reduced_fee = models.BooleanField(_("asks for a reduced fee"), default=False)
    main_is_unlisted = models.BooleanField(
        _("what brings them most is none of the concerns"), default=False, db_default=False
    )
    matters_most = models.CharField(_("matters most"), max_length=10, choices=Priority, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    #: That of the form, by its code: their letters and private pages are in it. Empty: the usual one.
    language = models.CharField(_("language"), max_length=16, blank=True, default="", db_default="")

    sealed_contact = EncryptedTextField(_("contact"))
    sealed_free_text = EncryptedTextField(_("in their own words"))

    consent_version = models.CharField(_("consent wording"), max_length=40)
    consent_hash = models.CharField(_("hash of the consent wording"), max_length=64)
    consented_at = models.DateTimeField(_("consent given"))

    chosen_therapist = models.ForeignKey(
        "therapists.TherapistPage",
        verbose_name=_("therapist they picked"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    #: Set when a therapist accepts, emptied when the enquiry goes on to the next.
    therapist = models.ForeignKey(
        "therapists.TherapistPage",
        verbose_name=_("therapist"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = EnquiryQuerySet.as_manager()

    class Meta(PrivateModel.Meta):
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        permissions = [("handle_enquiry", _("Can read and handle enquiries"))]
        indexes = [
            models.Index(fields=["deadline"], name="enquiry_by_deadline"),
            models.Index(fields=["state", "state_since"], name="enquiry_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deadline__isnull=False) | models.Q(state__in=sorted(AT_REST)),
                name="active_enquiry_has_a_deadline",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def language_name(self) -> str:
        """The language to write to them in; empty where the site has one only."""
        if not settings.WAGTAIL_I18N_ENABLED:
            return ""
        return str(get_language_info(language_or_default(self.language))["name_translated"])

    @property
    def is_late(self) -> bool:
        return self.deadline is not None and self.deadline < timezone.now()

    @property
    def erasure_due_at(self) -> datetime | None:
        """By when it is erased, read or not, where its sender asked for it."""
        if self.erasure_asked_at is None:
            return None
        return self.erasure_asked_at + timedelta(hours=settings.ENQUIRY_SAFETY_READ_HOURS)

    @property
    def may_be_at_risk(self) -> bool:
        """Their words are read for their safety first: whoever wrote them is shown where help is at once."""
        return self.state == State.SAFETY_HOLD

    @property
    def contact(self) -> ContactDetails:
        stored = json.loads(self.sealed_contact)
        return ContactDetails(**stored | {"phone": as_written(stored["phone"]) if stored["phone"] else ""})

    @contact.setter
    def contact(self, contact: ContactDetails) -> None:
        phone = as_stored(contact.phone) if contact.phone else ""
        self.sealed_contact = json.dumps(asdict(contact) | {"phone": phone})

    @property
    def free_text(self) -> FreeText:
        stored = json.loads(self.sealed_free_text)
        extra = tuple((question, answer) for question, answer in stored.pop("extra_answers"))
        return FreeText(**stored, extra_answers=extra)

    @free_text.setter
    def free_text(self, free_text: FreeText) -> None:
        self.sealed_free_text = json.dumps(asdict(free_text))

    def answers(self) -> EnquiryAnswers:
        """The answers as plain values, without concerns and therapies whose pages are gone."""
        return EnquiryAnswers(
            **{name: kind.from_stored(getattr(self, name)) for name, kind in ANSWERS.items()}
        )

    def told(self) -> Told:
        return Told(
            answers=self.answers(),
            contact=self.contact,
            free_text=self.free_text,
            preferred_times=frozenset(self.preferred_times.to_come().values_list("starts", flat=True)),
            chosen_therapist=self.chosen_therapist_id,
        )

    def named_concerns(self, unlisted: str = "") -> list[str]:
        """Return what brings them, the main concern first, in the words that they saw.

        `unlisted` names a main concern that is none of them, where the reader is who wrote it.
        """
        words = [row.words for row in self.concerns.all()]
        if words and not self.main_is_unlisted:
            return words
        return [unlisted or _now("Something else, or they are not sure"), *words]

    @property
    def main_concern_name(self) -> str:
        """The words of the main concern; empty where it is something else, or they are not sure."""
        rows = [] if self.main_is_unlisted else self.concerns.all()
        return next((row.words for row in rows), "")

    def suggested_therapists(self) -> list[TherapistPage]:
        """The therapists of the latest run of the ranking, best first, without those who have refused."""
        run = self.suggestion_runs.first()
        if run is None:
            return []
        refused = set(self.offers.refused().values_list("therapist", flat=True))
        suggestions = run.suggestions.select_related("therapist")
        return [row.therapist for row in suggestions if row.therapist_id not in refused]
