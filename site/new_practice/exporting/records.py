"""What a site's content is as the records of content files: each file's name with what it says."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from typing import Any

from django.utils.text import slugify
from wagtail.models import Page

from core.models import BasePage, ReviewedPage, Reviewer
from home.models import GlossaryTerm, HomePage, InfoPage
from new_practice.exporting.stream_values import ContentReader, slugs, without_empty
from new_practice.loading.content_files import Record
from new_practice.loading.therapists import EMPTY
from therapies.models import (
    ComparisonDimension,
    ComparisonPage,
    ConcernPage,
    DimensionValue,
    Reference,
    TherapyEvidence,
    TherapyPage,
)
from therapists.enums import ConcernLevel
from therapists.models import Registration, TherapistPage

#: Fields of a profile that its file has under their own names.
OF_A_PROFILE = (*EMPTY, "formats", "languages")


def content_records(
    home: HomePage, reader: ContentReader, *, only: Collection[str] | None = None, newest: bool = False
) -> dict[str, Record]:
    """Return the records of the site below a front page, by the names of their files, or only some.

    Of a page that is live they are what visitors read, or with `newest` what its editor does. A page behind a
    log-in or password is left out: a file would not keep it so.
    """
    records = dict(_pages(home, reader, only, newest=newest))
    lists = {
        "reviewers": ("reviewers", [_reviewer(row) for row in Reviewer.objects.order_by("name")]),
        "references": ("references", [_reference(row) for row in Reference.objects.order_by("key")]),
        "dimensions": (
            "dimensions",
            [_dimension(row) for row in ComparisonDimension.objects.order_by("sort_order", "key")],
        ),
        "glossary": ("terms", [_term(row) for row in GlossaryTerm.objects.order_by("term")]),
    }
    return records | {
        name: {key: rows} for name, (key, rows) in lists.items() if rows and (only is None or name in only)
    }


def left_out(home: HomePage) -> list[str]:
    """Return the titles of the pages that no file can stand for: restricted, or of a name that is taken."""
    pages = home.get_descendants().type(tuple(PAGES))
    open_to_all = {page.pk for page in _open_pages(home)}
    return sorted(page.title for page in pages if page.pk not in open_to_all)


def _pages(
    home: HomePage, reader: ContentReader, only: Collection[str] | None, *, newest: bool
) -> Iterator[tuple[str, Record]]:
    for page in _open_pages(home, only):
        folder, record = PAGES[type(page)]
        if only is not None and f"{folder}/{page.slug}" not in only:
            continue
        is_old = (newest or not page.live) and page.latest_revision_id
        shown = page.get_latest_revision_as_object() if is_old else page
        written = record(shown, reader)
        title = {"name": shown.title} if isinstance(page, TherapistPage) else {"title": shown.title}
        draft = {} if page.live else {"draft": True}
        yield f"{folder}/{page.slug}", title | draft | written


def _open_pages(home: HomePage, only: Collection[str] | None = None) -> Iterator[BasePage]:
    """Yield the pages of these kinds that have no restriction, the first of each name, in a lasting order."""
    seen: Counter[tuple[type, str]] = Counter()
    below = home.get_descendants().type(tuple(PAGES)).filter(alias_of=None).order_by("depth", "path")
    if only is not None:
        below = below.filter(slug__in=[name.rpartition("/")[2] for name in only])
    for page in below.specific():
        name = (type(page), page.slug)
        seen[name] += 1
        if seen[name] == 1 and not page.get_view_restrictions().exists():
            yield page


def _shared(page: BasePage, reader: ContentReader) -> Record:
    return {
        "seo_title": page.seo_title,
        "summary": page.summary,
        "search_description": page.search_description,
        "social_image": reader.picture(page.social_image),
    }


def _reviewed(page: ReviewedPage, reader: ContentReader) -> Record:
    review = {
        "reviewer": _key(page.reviewer),
        "last_reviewed": page.last_reviewed,
        "next_review_due": page.next_review_due,
    }
    is_of_these_words = page.reviewer and page.awaits_review_since is None
    return {"review": without_empty(review) if is_of_these_words else None, "body": reader.stream(page.body)}


def _parent(page: Page, kind: type[Page]) -> Record:
    """Return the slug of the page above, where it is of the same kind."""
    above = page.get_parent().specific_deferred
    return {"parent": above.slug} if isinstance(above, kind) else {}


def _position(page: Page) -> int:
    """Return the place among the pages side by side, from 1."""
    return page.get_siblings().filter(path__lte=page.path).count()


def _concern(page: ConcernPage, reader: ContentReader) -> Record:
    return _parent(page, ConcernPage) | without_empty(
        {
            "kind": page.kind,
            "position": _position(page),
            "clinical_term": page.clinical_term,
            "synonyms": page.synonyms,
            "in_short": page.in_short,
            **_shared(page, reader),
            "adjacent": slugs(page.adjacent.all()),
            **_reviewed(page, reader),
        }
    )


def _info(page: InfoPage, reader: ContentReader) -> Record:
    return _parent(page, InfoPage) | without_empty(
        {**_shared(page, reader), "other_words": page.other_words, **_reviewed(page, reader)}
    )


def _therapy(page: TherapyPage, reader: ContentReader) -> Record:
    return without_empty(
        {
            "abbreviation": page.abbreviation,
            "other_names": page.other_names,
            "family": page.family,
            "in_short": page.in_short,
            "drawing": page.drawing,
            **_shared(page, reader),
            "suits": reader.stream(page.suits),
            "other_way": reader.stream(page.other_way),
            "values": [_value(row) for row in page.values.all()],
            "evidence": [_evidence(row) for row in page.evidence.all()],
            **_reviewed(page, reader),
        }
    )


def _value(row: DimensionValue) -> Record:
    return without_empty(
        {
            "dimension": row.dimension.key,
            "short_value": row.short_value,
            "detail": row.detail,
            "minimum": row.minimum,
            "maximum": row.maximum,
            "unit": row.unit,
            "references": sorted(reference.key for reference in row.references.all()),
            "checked_on": row.checked_on,
            "checked_by": _key(row.checked_by),
        }
    )


def _evidence(row: TherapyEvidence) -> Record:
    return without_empty(
        {
            "concern": row.concern.slug,
            "level": row.level,
            "population": row.population,
            "note": row.note,
            "reference": row.reference.key if row.reference else "",
            "checked_on": row.checked_on,
        }
    )


def _comparison(page: ComparisonPage, reader: ContentReader) -> Record:
    return without_empty(
        {
            "first": page.first.slug,
            "second": page.second.slug,
            **_shared(page, reader),
            "first_heading": page.first_heading,
            "first_suits": reader.stream(page.first_suits),
            "second_heading": page.second_heading,
            "second_suits": reader.stream(page.second_suits),
            "overall": reader.rich_text(page.overall),
            **_reviewed(page, reader),
        }
    )


def _therapist(page: TherapistPage, reader: ContentReader) -> Record:
    """Return a profile without the diary and the private record, which no export has."""
    rows = list(page.concerns.all())
    levels: dict[str, list[Any]] = {}
    for row in rows:
        slug = reader.slug(row.concern_id) or row.concern.slug
        checked = {"concern": slug, "verified_on": row.verified_on}
        is_checked = row.level == ConcernLevel.SPECIALISM
        levels.setdefault(row.level, []).append(checked if is_checked else slug)
    return without_empty(
        {
            "professional_title": page.professional_title,
            **_shared(page, reader),
            **{name: getattr(page, name) for name in OF_A_PROFILE},
            "portrait": reader.picture(page.portrait),
            "concerns": levels,
            "therapies": [
                {"therapy": reader.slug(row.therapy_id) or row.therapy.slug, "training": row.training}
                for row in page.therapies.all()
            ],
            "fees": [_fee(row) for row in page.fees.all()],
            "registrations": [_registration(row) for row in page.registrations.all()],
            "qualifications": [
                without_empty({"title": row.title, "institution": row.institution, "year": row.year})
                for row in page.qualifications.all()
            ],
        }
    )


def _fee(row: Any) -> Record:
    amounts = {"fee": _pounds(row.fee), "reduced_fee": _pounds(row.reduced_fee)}
    known = {name: amount for name, amount in amounts.items() if amount is not None}
    return {"group": row.group, **known, "session_minutes": row.session_minutes}


def _pounds(amount: Decimal | None) -> int | Decimal | None:
    return int(amount) if amount is not None and amount == amount.to_integral_value() else amount


def _registration(row: Registration) -> Record:
    names = ("body", "grade", "number", "register_url", "verified_on", "expires_on")
    return without_empty({name: getattr(row, name) for name in names})


def _key(reviewer: Reviewer | None) -> str:
    return slugify(reviewer.name) if reviewer else ""


def _reviewer(row: Reviewer) -> Record:
    return {"key": _key(row), "name": row.name, "credentials": row.credentials}


def _reference(row: Reference) -> Record:
    return without_empty(
        {
            "key": row.key,
            "draft": not row.live,
            "kind": row.kind,
            "citation": row.citation,
            "url": row.url,
            "year": row.year,
            "accessed": row.accessed,
            "superseded_by": row.superseded_by.key if row.superseded_by else "",
        }
    )


def _dimension(row: ComparisonDimension) -> Record:
    names = ("label", "question", "value_type", "sort_order")
    flags = ("in_fact_box", "only_compared", "leads_comparisons")
    return {
        "key": row.key,
        **without_empty({"draft": not row.live}),
        **{name: getattr(row, name) for name in (*names, *flags)},
    }


def _term(row: GlossaryTerm) -> Record:
    return without_empty(
        {"term": row.term, "draft": not row.live, "other_forms": row.other_forms, "meaning": row.meaning}
    )


#: The kinds of page that have files, each with its folder.
PAGES: dict[type[Page], tuple[str, Callable[[Any, ContentReader], Record]]] = {
    ConcernPage: ("concerns", _concern),
    TherapyPage: ("therapies", _therapy),
    ComparisonPage: ("comparisons", _comparison),
    InfoPage: ("info", _info),
    TherapistPage: ("therapists", _therapist),
}
