"""What a page says at this moment beside its own words, as expressions for a query of pages."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db.models import (
    Aggregate,
    Case,
    Expression,
    F,
    OuterRef,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.aggregates import StringAgg
from django.db.models.functions import Coalesce
from wagtail.models import Page

from search.models import CONFIG, ConditionalWords


class JoinedVectors(Aggregate):
    """All vectors as one. The migrations of this app make the aggregate."""

    function = "practice_vectors_joined"
    output_field = SearchVectorField()


def readable_text() -> Expression:
    """Return the words of a page that are not its own and that anyone may read now."""
    words = Coalesce(_title(), "text")
    return Coalesce(
        _of_page(StringAgg(words, delimiter=Value(" … "), output_field=TextField())),
        Value(""),
        output_field=TextField(),
    )


def readable_vector() -> Expression:
    """Return the same words as the search index holds words."""
    title = SearchVector(_title(), config=CONFIG)
    vector = Case(When(title_of=None, then=F("vector")), default=title, output_field=SearchVectorField())
    return Coalesce(
        _of_page(JoinedVectors(vector)), Value("", SearchVectorField()), output_field=SearchVectorField()
    )


def _title() -> Subquery:
    """Return the title of `title_of`. As a join, PostgreSQL reads all pages for each page."""
    return Subquery(Page.objects.filter(pk=OuterRef("title_of")).order_by().values("title"))


def _of_page(joined: Aggregate) -> Subquery:
    words = ConditionalWords.objects.readable().filter(page=OuterRef("pk"))
    return Subquery(words.order_by().values("page").annotate(joined=joined).values("joined"))
