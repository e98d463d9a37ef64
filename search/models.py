"""The words of pages that visitors read only while other records are public; and help that is elsewhere.

Whether such words may be read is asked at each search. So nothing has to be indexed anew when a record is
withdrawn, renamed or expires, and nothing can be forgotten.
"""

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Model, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, Page

from core.admin.checking import CheckedForm
from core.caching.content_memory import is_answering, remembered
from core.models import BasePage, PracticeImage
from core.visibility import in_public_collections, public, published
from therapies.models import ComparisonDimension

#: How words are reduced to what is compared: the first migration makes it, and the settings name it.
CONFIG = "practice"


class NeededKind(models.TextChoices):
    """The kinds of records that words may need."""

    PAGE = "page"
    IMAGE = "image"
    DIMENSION = "dimension"

    @classmethod
    def of(cls, model: type[Model]) -> "NeededKind":
        """Raise LookupError for a kind of which nobody has said when it is public."""
        models = {Page: cls.PAGE, PracticeImage: cls.IMAGE, ComparisonDimension: cls.DIMENSION}
        for known, kind in models.items():
            if issubclass(model, known):
                return kind
        raise LookupError(model)


class ConditionalWordsQuerySet(QuerySet["ConditionalWords"]):
    def readable(self) -> "ConditionalWordsQuerySet":
        """Keep those of which every need is met now."""
        if not is_answering():
            return self.exclude(pk__in=Need.objects.unmet().values("words"))
        unreadable = unreadable_words()
        return self.exclude(pk__in=unreadable) if unreadable else self.all()


class ConditionalWords(models.Model):
    """Words of a page; with `title_of`, the title of that other page, as it is when someone searches."""

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    title_of = models.ForeignKey(Page, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    #: Of `text`. No generated field: its check connects to the database, and then no check runs without one.
    vector = SearchVectorField()

    objects = ConditionalWordsQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="conditional_words_vector"),
            models.Index(fields=["title_of", "page"], name="pages_that_say_a_title"),
        ]

    def __str__(self) -> str:
        return str(self.title_of or self.text)

    @classmethod
    def store(cls, pages: Sequence[BasePage]) -> None:
        """Replace what is kept of these pages."""
        cls.objects.filter(page__in=[page.pk for page in pages]).delete()
        texts = [(page.pk, text) for page in pages for text in page.conditional_texts()]
        kept = cls.objects.bulk_create(
            cls(
                page_id=pk,
                text=text.text,
                title_of_id=text.title_of,
                vector=SearchVector(Value(text.text), config=CONFIG),
            )
            for pk, text in texts
        )
        Need.objects.bulk_create(
            Need(words=words, kind=NeededKind.of(model), record=record)
            for words, (_pk, text) in zip(kept, texts, strict=True)
            for model, record in text.needs
        )


class NeedQuerySet(QuerySet["Need"]):
    def unmet(self) -> "NeedQuerySet":
        """Keep those whose record is not public now: hidden, past its expiry, or gone."""
        readable = {
            NeededKind.PAGE: public(Page.objects.all()),
            NeededKind.IMAGE: in_public_collections(PracticeImage.objects.all()),
            NeededKind.DIMENSION: published(ComparisonDimension.objects.all()),
        }
        met = Q()
        for kind, records in readable.items():
            met |= Q(kind=kind, record__in=records.order_by().values("pk"))
        return self.exclude(met)


class Need(models.Model):
    """A record without which words are not read. No foreign key: what is deleted is not public."""

    words = models.ForeignKey(ConditionalWords, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=10, choices=NeededKind)
    record = models.BigIntegerField()

    objects = NeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"


@remembered
def unreadable_words() -> frozenset[int]:
    """Return the ids of the words of which a need is not met: a long question, asked of each page."""
    return frozenset(Need.objects.unmet().values_list("words", flat=True))


class OtherHelp(ClusterableModel):
    """Something that people look for and the practice does not treat, with who does."""

    subject = models.CharField(
        _("what people look for"), max_length=80, unique=True, help_text=_("“An eating disorder”.")
    )
    other_words = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("words they search with"),
        default=list,
        blank=True,
        help_text=_("Separated by commas. Whoever searches with one of them is told this first."),
    )
    explanation = models.TextField(
        _("what you tell them"),
        max_length=400,
        help_text=_("That you do not see people for it, and what they can do. Short and kind."),
    )
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("When somebody last looked at each place. Visitors are told."),
    )
    checked_by = models.CharField(_("checked by"), max_length=150, blank=True, db_default="", editable=False)

    base_form_class = CheckedForm

    panels = [
        "subject",
        "other_words",
        "explanation",
        InlinePanel("places", heading=_("Who does"), label=_("Place"), min_num=1),
        FieldRowPanel(["checked_on", FieldPanel("checked_by", read_only=True)]),
    ]

    class Meta:
        verbose_name = _("help elsewhere")
        verbose_name_plural = _("help elsewhere")
        ordering = ["subject"]

    def __str__(self) -> str:
        return self.subject

    @property
    def ways_to_say_it(self) -> tuple[str, ...]:
        return (self.subject, *self.other_words)


class OtherHelpPlace(Orderable):
    help = ParentalKey(OtherHelp, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(_("name"), max_length=120)
    url = models.URLField(_("address"))

    panels = [FieldRowPanel(["name", "url"])]

    class Meta(Orderable.Meta):
        verbose_name = _("place")

    def __str__(self) -> str:
        return self.name
