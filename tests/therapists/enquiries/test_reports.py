from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.admin.spreadsheets import BYTE_ORDER_MARK, neutral, write_rows
from tests.factories.enquiries import stored_enquiry
from therapists.enquiries.models import DeclineReason, Enquiry
from therapists.enquiries.reports import response_figures as reports
from therapists.enquiries.services.offers import decline, offer_to_next
from therapists.models import Availability


def test_first_replies(enquiry, enquiries_practice):
    assert reports.first_replies(reports.days_ago(90)).count == 0
    for hours in range(1, 11):
        other = stored_enquiry(enquiries_practice.panic.pk)
        Enquiry.objects.filter(pk=other.pk).update(first_reply_at=other.received_at + timedelta(hours=hours))
    replies = reports.first_replies(reports.days_ago(90))
    assert replies.count == 10
    assert replies.median == timedelta(hours=5, minutes=30)
    assert timedelta(hours=9) <= replies.p90 <= timedelta(hours=10)


def test_acceptance_counts_first_offers_apart(shortlisted, matcher):
    offer = offer_to_next(shortlisted.pk, by=matcher)
    decline(offer.pk, DeclineReason.FEE)
    acceptance = reports.acceptance(reports.days_ago(90))
    assert (acceptance.answered, acceptance.accepted, acceptance.first_offers) == (1, 0, 1)
    assert acceptance.reasons == [(str(DeclineReason.FEE.label), 1)]
    assert reports.overrides(timezone.now() - timedelta(days=1)) == 1


def test_whoever_was_offered_nothing_counts_for_evenness_and_places_do(shortlisted, matcher, candidates):
    first, _second, third = candidates
    Availability.objects.filter(therapist=first).update(places_per_four_weeks=4)
    Availability.objects.filter(therapist=third).update(places_per_four_weeks=0)
    decline(offer_to_next(shortlisted.pk, by=matcher).pk, DeclineReason.FEE)
    rows = reports.load(reports.days_ago(90))
    assert [(row.name, row.offers, row.places) for row in rows] == [
        ("Sample Second", 1, 2),
        ("Sample First", 1, 4),
    ]
    assert reports.fairness(row.per_place for row in rows) == pytest.approx(0.9)


def test_the_page_says_it_in_words(client, matcher, enquiry, enquiries_practice):
    client.force_login(matcher)
    address = reverse("enquiries_admin:reports")
    assert "No replies yet." in client.get(address).content.decode()
    Enquiry.objects.update(first_reply_at=enquiry.received_at + timedelta(hours=5, minutes=30))
    page = client.get(address).content.decode()
    assert "1 reply, after 5\xa0hours, 30\xa0minutes." in page
    assert "0:0" not in page


@pytest.mark.parametrize(("counts", "index"), [([], None), ([0], None), ([3, 3], 1.0), ([4, 0], 0.5)])
def test_fairness(counts, index):
    assert reports.fairness(counts) == index


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "\ufeff=1"]
)
def test_a_formula_is_neutral(cell):
    assert neutral(cell) == f"'{cell}"


@given(st.text())
def test_no_cell_is_ever_active(cell):
    assert not neutral(cell).lstrip().startswith(("=", "+", "-", "@"))


def test_ordinary_text_stays():
    file = StringIO()
    write_rows([["REF-7K3F-29", "Sam's", "=x"]], file)
    assert file.getvalue() == BYTE_ORDER_MARK + '"REF-7K3F-29","Sam\'s","\'=x"\r\n'
