"""Which keys each kind of content file has, and of what type. What they mean is in the models."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from new_practice.loading.content_problems import ContentError

Text = Annotated[str, Field(min_length=1)]
Pounds = Annotated[int | Decimal, Field(ge=0)]

#: What pydantic says, in the words of the files.
WORDS = {
    "date_type": "Here stands a date, such as 2026-11-30, without quotation marks.",
    "bool_type": "Here stands true or false.",
    "dict_type": "Here stands a table of keys and values.",
    "model_type": "Here stands a table of keys and values.",
    "int_type": "Here stands a whole number, without quotation marks.",
    "list_type": "Here stands a list, in square brackets.",
    "missing": "This key is missing.",
    "string_too_short": "This is empty.",
    "string_type": "Here stands a text, in quotation marks.",
}


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class PictureShape(Shape):
    file: Text
    title: str = ""
    description: str = ""
    credit: str = ""


class BlockShape(Shape):
    type: Text
    value: Any


class ReviewShape(Shape):
    reviewer: Text
    last_reviewed: date
    next_review_due: date | None = None


class PageShape(Shape):
    title: Text
    seo_title: str = ""
    summary: str = ""
    search_description: str = ""
    social_image: PictureShape | None = None
    draft: bool = False
    review: ReviewShape | None = None
    body: list[BlockShape] = []


class InfoShape(PageShape):
    parent: str = ""
    other_words: list[Text] = []


class ConcernShape(PageShape):
    kind: Text
    position: int | None = None
    parent: str = ""
    clinical_term: str = ""
    synonyms: list[Text] = []
    in_short: str = ""
    adjacent: list[Text] = []


class ValueShape(Shape):
    dimension: Text
    short_value: str = ""
    detail: str = ""
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""
    references: list[Text] = []
    checked_on: date
    checked_by: str = ""


class EvidenceShape(Shape):
    concern: Text
    level: Text
    population: str = ""
    note: str = ""
    reference: str = ""
    checked_on: date


class TherapyShape(PageShape):
    family: Text
    abbreviation: str = ""
    other_names: list[Text] = []
    in_short: str = ""
    drawing: str = ""
    suits: list[Text] = []
    other_way: list[str | dict[str, str]] = []
    values: list[ValueShape] = []
    evidence: list[EvidenceShape] = []


class ComparisonShape(PageShape):
    first: Text
    second: Text
    first_heading: str = ""
    first_suits: list[Text] = []
    second_heading: str = ""
    second_suits: list[Text] = []
    overall: str = ""


class SpecialismShape(Shape):
    concern: Text
    verified_on: date


class TherapistConcernsShape(Shape):
    specialism: list[SpecialismShape] = []
    works_with: list[Text] = []
    does_not_take: list[Text] = []


class TherapistTherapyShape(Shape):
    therapy: Text
    training: Text


class FeeShape(Shape):
    group: Text
    fee: Pounds
    reduced_fee: Pounds | None = None
    session_minutes: int = 50


class RegistrationShape(Shape):
    body: Text
    grade: str = ""
    number: Text
    register_url: Text
    verified_on: date | None = None
    expires_on: date | None = None


class QualificationShape(Shape):
    title: Text
    institution: str = ""
    year: int | None = None


class PrivateShape(Shape):
    offer_email: Text
    phone: str = ""
    meeting_link: str = ""
    insurance_expires_on: date | None = None
    supervision_confirmed_on: date | None = None
    verification_evidence: str = ""


class TherapistShape(Shape):
    name: Text
    professional_title: Text
    seo_title: str = ""
    summary: str = ""
    search_description: str = ""
    social_image: PictureShape | None = None
    draft: bool = False
    is_sample: bool = False
    portrait: PictureShape | None = None
    pronouns: str = ""
    gender: str = ""
    practising_since: int | None = None
    own_sentence: str = ""
    how_i_work: str = ""
    first_meeting: str = ""
    about_me: str = ""
    formats: list[Text]
    languages: list[Text]
    location: str = ""
    access_details: str = ""
    consultation_minutes: int = 20
    concerns: TherapistConcernsShape = TherapistConcernsShape()
    therapies: list[TherapistTherapyShape] = []
    fees: list[FeeShape] = []
    registrations: list[RegistrationShape] = []
    qualifications: list[QualificationShape] = []
    private: PrivateShape | None = None


class ReviewerShape(Shape):
    key: Text
    name: Text
    credentials: Text


class ReferenceShape(Shape):
    key: Text
    kind: Text
    citation: Text
    url: str = ""
    year: int | None = None
    accessed: date | None = None
    superseded_by: str = ""
    draft: bool = False


class DimensionShape(Shape):
    key: Text
    label: Text
    question: Text
    value_type: Text
    sort_order: int = 0
    in_fact_box: bool = False
    only_compared: bool = False
    leads_comparisons: bool = False
    draft: bool = False


class TermShape(Shape):
    term: Text
    other_forms: list[Text] = []
    meaning: Text
    draft: bool = False


class ReviewersShape(Shape):
    reviewers: list[ReviewerShape]


class ReferencesShape(Shape):
    references: list[ReferenceShape]


class DimensionsShape(Shape):
    dimensions: list[DimensionShape]


class GlossaryShape(Shape):
    terms: list[TermShape]


#: One file for each record, by folder.
FOLDERS: Mapping[str, type[Shape]] = {
    "concerns": ConcernShape,
    "therapies": TherapyShape,
    "comparisons": ComparisonShape,
    "info": InfoShape,
    "therapists": TherapistShape,
}
#: One file for all records.
FILES: Mapping[str, type[Shape]] = {
    "reviewers": ReviewersShape,
    "references": ReferencesShape,
    "dimensions": DimensionsShape,
    "glossary": GlossaryShape,
}


def errors_of_shape(shape: type[Shape], record: Any) -> Iterator[ContentError]:
    """Yield what is unknown, missing or of another type in a record."""
    try:
        shape.model_validate(record)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            words = WORDS.get(one["type"], one["msg"])
            if one["type"] == "extra_forbidden":
                words = "No such key is known here."
            yield ContentError(words, tuple(one["loc"]))
