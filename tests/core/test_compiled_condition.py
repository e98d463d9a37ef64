"""A compiled condition keeps the rows that its rule keeps, wherever it stands, and at any moment."""

from datetime import timedelta

import pytest
from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.models import Page

from core import visibility
from core.visibility import public
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.secrets import make_secrets
from therapies.models import ComparisonPage, ConcernPage, TherapyPage
from therapists.models import TherapistPage

pytestmark = pytest.mark.django_db


def ids(pages):
    return set(pages.values_list("pk", flat=True))


@pytest.mark.parametrize("kind", [Page, TherapistPage, ComparisonPage, TherapyPage, ConcernPage])
def test_it_keeps_what_its_rule_keeps_of_few_as_of_many(kind):
    make_secrets()
    kept = [ids(public(kind.objects.all(), are_few=are_few)) for are_few in (False, True)]
    for are_few in (False, True):
        rule = visibility._public_at(timezone.now(), kind, None, are_few)
        assert kept[are_few] == ids(rule) & ids(kind.objects.all())
    assert kept[0] == kept[1] < ids(kind.objects.all())


def test_it_may_stand_in_a_query_of_the_same_table_and_be_negated():
    make_secrets()
    shown = ids(public(Page.objects.all()))
    inner = public(Page.objects.filter(path=OuterRef("path")))
    assert ids(public(Page.objects.filter(pk__in=public(Page.objects.all()).values("pk")))) == shown
    assert ids(Page.objects.filter(Exists(inner))) == shown
    assert ids(Page.objects.exclude(pk__in=public(Page.objects.all()).values("pk"))) == (
        ids(Page.objects.all()) - shown
    )
    assert ids(public(Page.objects.all()).filter(aliases=None).distinct() | Page.objects.none()) <= shown


def test_it_is_asked_at_the_moment_of_the_query(monkeypatch):
    page = InfoPageFactory(parent=make_site())
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() + timedelta(hours=1))
    pages = public(Page.objects.filter(pk=page.pk))
    assert pages.count() == 1
    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert pages.count() == 0
