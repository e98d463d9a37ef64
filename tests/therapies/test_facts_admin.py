"""The Facts menu: lists, searches, and what happens when something in use is deleted."""

import pytest
from django.urls import reverse

from core.models import Reviewer
from tests.factories.home import ReviewerFactory, make_site
from tests.factories.therapies import (
    ComparisonPageFactory,
    DimensionValueFactory,
    ReferenceFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from therapies.models import ComparisonDimension, ComparisonPage, Reference, TherapyPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    return TherapyIndexPageFactory(parent=make_site())


def url(model, name, *args):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


@pytest.mark.parametrize("model", [Reference, ComparisonDimension, Reviewer])
def test_each_list_opens_and_can_be_searched(search_index, admin_client, index, model):
    ReviewerFactory()
    DimensionValueFactory(therapy=TherapyPageFactory(parent=index), references=[ReferenceFactory()])
    for query in ["", "Sample", "dimension", "'\"%\\", "x" * 500]:
        assert admin_client.get(url(model, "list"), {"q": query}).status_code == 200


def test_the_menu_leads_to_the_facts(admin_client, index):
    html = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert url(Reference, "list") in html
    assert url(ComparisonDimension, "list") in html


def test_a_point_of_comparison_in_use_cannot_be_deleted(reference_index, admin_client, index):
    fact = DimensionValueFactory(therapy=TherapyPageFactory(parent=index))
    response = admin_client.post(url(ComparisonDimension, "delete", fact.dimension.pk))
    assert response.status_code < 500
    assert ComparisonDimension.objects.filter(pk=fact.dimension.pk).exists()


def test_a_therapy_that_a_comparison_names_cannot_be_deleted(reference_index, admin_client, index):
    first, second = TherapyPageFactory.create_batch(2, parent=index)
    ComparisonPageFactory(parent=index, first=first, second=second)
    response = admin_client.post(reverse("wagtailadmin_pages:delete", args=[first.pk]))
    assert response.status_code < 500
    assert TherapyPage.objects.filter(pk=first.pk).exists()


def test_a_comparison_can_be_deleted_and_its_therapies_stay(admin_client, index):
    first, second = TherapyPageFactory.create_batch(2, parent=index)
    pair = ComparisonPageFactory(parent=index, first=first, second=second)
    admin_client.post(reverse("wagtailadmin_pages:delete", args=[pair.pk]))
    assert not ComparisonPage.objects.exists()
    assert TherapyPage.objects.count() == 2


def test_what_the_index_of_references_lacks_is_refused_in_words_too(admin_client, index):
    first, second = TherapyPageFactory.create_batch(2, parent=index)
    ComparisonPageFactory(parent=index, first=first, second=second)
    fact = DimensionValueFactory(therapy=first)
    for address in (
        reverse("wagtailadmin_pages:delete", args=[first.pk]),
        url(ComparisonDimension, "delete", fact.dimension.pk),
    ):
        answer = admin_client.post(address, follow=True)
        assert "Nothing was deleted: the records of the practice need" in answer.content.decode()
    assert TherapyPage.objects.filter(pk=first.pk).exists()
