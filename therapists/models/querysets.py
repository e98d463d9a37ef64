"""Queries for therapists, shared by the directory, the therapies and matching.

Where a method takes several values, any one of them is enough. No method repeats a therapist.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from core.models import PracticeRendition
from core.renditions import filter_specs
from core.visibility import each_once, public
from therapies.models import ConcernPage, TherapyPage
from therapists.enums import DAY_PART_HOURS, ClientGroup, ConcernLevel, Gender, Language, SessionFormat, Slot
from therapists.models.availability import Availability, WeeklyWindow
from therapists.models.departures import Departure
from therapists.models.practice import ClientGroupFee, TherapistConcern, TherapistTherapy
from therapists.models.registrations import Registration


class TherapistQuerySet(PageQuerySet):
    def published(self) -> "TherapistQuerySet":
        """Keep what visitors may see: `core.visibility` withholds profiles without a current registration."""
        return public(self)

    def _current_registrations(self, on: date) -> QuerySet[Registration]:
        return Registration.objects.filter(therapist=OuterRef("pk"), verified_on__lte=on, expires_on__gte=on)

    def registered(self, on: date) -> "TherapistQuerySet":
        """Hold a verified registration that is in date."""
        return self.filter(Exists(self._current_registrations(on)))

    def unregistered(self, on: date) -> "TherapistQuerySet":
        """Hold no verified registration that is in date on that day: such profiles are withheld."""
        return self.filter(~Exists(self._current_registrations(on)))

    def unregistered_at(self, moment: datetime) -> "TherapistQuerySet":
        return self.unregistered(timezone.localdate(moment))

    def departed_by(self, moment: datetime) -> "TherapistQuerySet":
        """Have left, in whichever language their page is."""
        gone = Departure.objects.filter(left_on__lte=timezone.localdate(moment))
        people = gone.values(
            person=Coalesce("therapist__alias_of__translation_key", "therapist__translation_key")
        )
        return self.filter(Q(translation_key__in=people) | Q(alias_of__translation_key__in=people))

    def same_person_as(self, therapist: Page) -> "TherapistQuerySet":
        """Every page of a therapist: the original, its translations and the aliases of each."""
        person = (therapist.alias_of or therapist).translation_key
        return self.filter(Q(translation_key=person) | Q(alias_of__translation_key=person))

    def with_registration_end(self) -> "TherapistQuerySet":
        """Add `registered_until`: the last day that any verified registration covers."""
        return self.annotate(
            registered_until=Max(
                "registrations__expires_on", filter=Q(registrations__verified_on__isnull=False)
            )
        )

    def listed_on(self, directory: Page) -> "TherapistQuerySet":
        return each_once(self.published()).child_of(directory)

    def helping_with(self, *concerns: ConcernPage | int) -> "TherapistQuerySet":
        """Specialise in it or work with it."""
        rows = TherapistConcern.objects.filter(
            concern__in=concerns, level__in=[ConcernLevel.SPECIALISM, ConcernLevel.WORKS_WITH]
        )
        return self.filter(pk__in=rows.values("therapist"))

    def specialising_in(self, *concerns: ConcernPage | int) -> "TherapistQuerySet":
        rows = TherapistConcern.objects.filter(concern__in=concerns, level=ConcernLevel.SPECIALISM)
        return self.filter(pk__in=rows.values("therapist"))

    def practising(self, *therapies: TherapyPage | int) -> "TherapistQuerySet":
        rows = TherapistTherapy.objects.filter(therapy__in=therapies)
        return self.filter(pk__in=rows.values("therapist"))

    def meeting_by(self, *formats: SessionFormat | str) -> "TherapistQuerySet":
        return self.filter(formats__overlap=list(formats))

    def speaking(self, *languages: Language | str) -> "TherapistQuerySet":
        return self.filter(languages__overlap=list(languages))

    def of_gender(self, *genders: Gender | str) -> "TherapistQuerySet":
        return self.filter(gender__in=genders)

    def seeing(self, *groups: ClientGroup | str) -> "TherapistQuerySet":
        return self.filter(pk__in=ClientGroupFee.objects.filter(group__in=groups).values("therapist"))

    def within_budget(self, amount: Decimal, *groups: ClientGroup | str) -> "TherapistQuerySet":
        """Ask at most this full fee for a session, from these groups or from any."""
        fees = ClientGroupFee.objects.filter(fee__lte=amount)
        if groups:
            fees = fees.filter(group__in=groups)
        return self.filter(pk__in=fees.values("therapist"))

    def accepting_clients(self, on: date) -> "TherapistQuerySet":
        return self.filter(pk__in=Availability.objects.accepting_clients(on).values("therapist"))

    def free_at(self, slots: Iterable[Slot]) -> "TherapistQuerySet":
        """Work in at least one of these parts of the week, whether or not there is a place now."""
        overlaps = Q(pk__in=[])
        for weekday, part in slots:
            starts, ends = DAY_PART_HOURS[part]
            overlaps |= Q(weekday=weekday, starts__lt=ends, ends__gt=starts)
        return self.filter(pk__in=WeeklyWindow.objects.filter(overlaps).values("availability__therapist"))

    def with_acceptance(self, on: date) -> "TherapistQuerySet":
        """Add `accepts`: whether there is a place on that day."""
        accepting = Availability.objects.accepting_clients(on).filter(therapist=OuterRef("pk"))
        return self.annotate(accepts=Exists(accepting))

    def ready_for_cards(self) -> "TherapistQuerySet":
        """Fetch all that a card shows, in a constant number of queries."""
        renditions = PracticeRendition.objects.filter(filter_spec__in=filter_specs("portrait_card"))
        return self.select_related("availability", "portrait").prefetch_related(
            Prefetch("portrait__renditions", renditions, to_attr="prefetched_renditions"),
            "concerns",
            "fees",
            "availability__absences",
            "availability__windows",
        )

    def ready_to_compare(self) -> "TherapistQuerySet":
        """Fetch what stands beside others as well."""
        return self.ready_for_cards().prefetch_related("therapies", "registrations")


def registration_of_another(therapist: Page, numbers: Iterable[tuple[str, str]]) -> Registration | None:
    """Return a row with one of these registers and numbers on the published profile of somebody else."""
    person = (therapist.alias_of or therapist).translation_key
    others = Registration.objects.filter(therapist__live=True, therapist__alias_of=None)
    others = others.exclude(therapist__translation_key=person).select_related("therapist")
    wanted = Q(pk__in=[])
    for body, number in numbers:
        wanted |= Q(body=body, number__iexact=number.strip())
    return others.filter(wanted).first()
