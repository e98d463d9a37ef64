"""The matching page from outside, as a visitor's browser without scripts meets it."""

import pytest

from therapists.enquiries.models import Enquiry
from therapists.enums import ConcernLevel

pytestmark = pytest.mark.django_db


def test_the_whole_way(visitor, make_therapist, practice):
    specialist = make_therapist("Ada Specialist", level=ConcernLevel.SPECIALISM, therapy=practice.ipt)
    make_therapist("Ben Other", concern=practice.panic)
    visitor.reaches("preferences")
    visitor.sends(formats=["video"], approaches=[str(practice.ipt.pk)])
    visitor.sends(client_group="individual", slots=["0-morning", "2-evening"], budget="55")
    assert visitor.suggested == ["Ada Specialist"]
    assert "Specialises in “Grief and loss”, your main concern." in visitor.text
    assert "Offers Interpersonal therapy, which you asked about." in visitor.text
    assert "£5 above your stated £55." in visitor.text
    assert "%" not in visitor.text
    visitor.sends(choice=str(specialist.pk))
    visitor.sends(**visitor.plain_answers()["contact"], message="Hello")

    enquiry = Enquiry.objects.get()
    assert visitor.response.status_code == 302
    visitor.opens(visitor.response["Location"])
    assert enquiry.reference in visitor.text
    assert enquiry.reference not in visitor.response.request["PATH_INFO"]
    assert enquiry.chosen_therapist_id == specialist.pk
    assert enquiry.answers().concerns == (practice.grief.pk,)
    assert enquiry.contact.email == "sam@example.org"
    assert enquiry.consent_version == "2026-11"
    [suggestion] = enquiry.suggestion_runs.get().suggestions.all()
    assert sum(suggestion.contributions.values()) == pytest.approx(suggestion.score)
