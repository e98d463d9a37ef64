"""A comparison to look at where a site has no therapies yet: made up, and it says so."""

from datetime import date

from django.utils.translation import gettext as _

from therapies.comparing.comparison import Column, Comparison, Fact, Question, compare
from therapies.comparing.recorded import RecordedTherapy


def sample_comparison() -> Comparison:
    focus = Question("focus", _("Focus"), _("What does it focus on?"), in_fact_box=True, order=1)
    length = Question("duration", _("Duration"), _("How long does it take?"), in_fact_box=True, order=2)
    first, second = _("Sample therapy one"), _("Sample therapy two")
    return compare(
        [
            _therapy(1, first, {focus: _("The present"), length: _("10 sessions")}),
            _therapy(2, second, {focus: _("The past")}),
        ]
    )


def _therapy(number: int, title: str, answers: dict[Question, str]) -> RecordedTherapy:
    column = Column(id=number, name=f"sample-{number}", title=title, short_name=title, url="#")
    return RecordedTherapy(column, {question.key: _fact(question, a) for question, a in answers.items()})


def _fact(question: Question, answer: str) -> Fact:
    return Fact(
        question=question,
        answer=answer,
        detail="",
        minimum=None,
        maximum=None,
        unit="",
        sources=(),
        checked_on=date(2026, 1, 1),
        checked_by="",
    )
