"""Nothing is stored before a visitor agrees, and only the current wording counts."""

import pytest
from django.contrib.sessions.models import Session

from therapists.enquiries.models import Enquiry

pytestmark = pytest.mark.django_db


def test_nothing_is_stored_until_the_visitor_agrees(visitor, make_therapist):
    make_therapist("Ada")
    for step in ["before", "concerns", "who", "how", "suggestions", "contact", "check"]:
        visitor.reaches(step)
    assert not Enquiry.objects.exists()
    assert not Session.objects.exists()
    visitor.sends()
    assert visitor.response.status_code == 422
    assert visitor.errors == ["We need your agreement before we may keep what you told us."]
    assert not Enquiry.objects.exists()


def test_the_consent_is_never_ticked_beforehand(visitor, make_therapist):
    make_therapist("Ada")
    visitor.reaches("check")
    assert "consent" not in dict(visitor.fields)
    visitor.sends(consent="on", go="contact")
    assert dict(visitor.fields)["name"] == "Sam Sample"
    visitor.sends()
    assert visitor.step == "check"
    assert "consent" not in dict(visitor.fields)


@pytest.mark.guide(
    "When the words of the consent change, give them a new version: each enquiry keeps the one that its "
    "sender agreed to.",
)
def test_consent_to_an_older_wording_does_not_count(visitor, make_therapist, matching_page):
    make_therapist("Ada")
    visitor.reaches("check").sends(consent="on")
    visitor.reaches("check")
    matching_page.consent_text = "A new wording."
    matching_page.consent_version = "2027-01"
    matching_page.save_revision().publish()
    visitor.sends(consent="on")
    assert visitor.response.status_code == 422
    assert visitor.errors == ["This wording has changed. Please read it once more."]
    assert "consent" not in dict(visitor.fields)
    assert "Sam Sample" in visitor.text
    visitor.sends(consent="on")
    assert list(Enquiry.objects.order_by("received_at").values_list("consent_version", flat=True)) == [
        "2026-11",
        "2027-01",
    ]
