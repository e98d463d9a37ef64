"""What was asked for and not found is counted, also after the enquiries are gone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.enquiries import stored_enquiry
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, UnmetDemandCount
from therapists.enquiries.reports.response_figures import days_ago
from therapists.enquiries.reports.unmet_demand import unmet_demand
from therapists.enquiries.services import retention


@pytest.fixture
def unmet(enquiries_practice, matcher):
    """Six who looked for help with grief, each in the morning and in the evening, and one with panic."""
    for _ in range(6):
        stored_enquiry(enquiries_practice.grief.pk)
    stored_enquiry(enquiries_practice.panic.pk, answers__budget=None)
    Enquiry.objects.update(state=State.NO_MATCH)


def counted():
    demand = unmet_demand(days_ago(90))
    return {(cell.concern, cell.window, cell.budget): cell.count for cell in demand.cells}


OF_GRIEF = {
    ("Grief and loss", "Evening", "≤ £60"): 6,
    ("Grief and loss", "Morning", "≤ £60"): 6,
}


def test_small_cells_are_neither_counted_out_nor_named(unmet, client, matcher):
    assert counted() == OF_GRIEF
    assert unmet_demand(days_ago(90)).scattered is None
    client.force_login(matcher)
    page = client.get(reverse("enquiries_admin:reports")).content.decode()
    assert "Grief and loss" in page
    assert "Panic" not in page


def test_many_small_cells_are_counted_together(enquiries_practice, matcher):
    for budget in (30, 50, 70):
        stored_enquiry(enquiries_practice.panic.pk, answers__budget=budget)
    Enquiry.objects.update(state=State.ALTERNATIVES, deadline=None)
    demand = unmet_demand(days_ago(90))
    assert (demand.cells, demand.scattered, demand.is_empty) == ([], 6, False)


def test_met_demand_is_not_unmet(enquiry):
    assert unmet_demand(days_ago(90)).is_empty
    retention.erase(enquiry.pk)
    assert not UnmetDemandCount.objects.exists()


def test_the_counts_outlive_the_enquiries(unmet):
    Enquiry.objects.update(state_since=timezone.now() - timedelta(days=31))
    assert retention.purge() == 7
    assert not Enquiry.objects.exists()
    assert counted() == OF_GRIEF
    UnmetDemandCount.objects.update(month=timezone.localdate() - timedelta(days=150))
    assert counted() == {}


def test_what_is_erased_and_what_is_there_are_one_count(unmet):
    for enquiry in Enquiry.objects.all()[:3]:
        retention.erase(enquiry.pk)
    assert counted() == OF_GRIEF
