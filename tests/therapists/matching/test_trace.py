"""How many modules of the project a reader enters who follows one enquiry."""

import sys

import pytest

from therapists.enquiries.models import Enquiry

pytestmark = pytest.mark.django_db

APPS = {"config", "home", "search", "therapies", "therapists"}
#: Three of them hold the draft: where it is kept, what is in it, and the pages that are shown from it.
MOST_MODULES = 45


def modules_entered(act):
    """Return the modules of the apps of which a function ran during `act`.

    `sys.setprofile` reports each call of a Python function, also those of properties, query sets and
    dataclasses. Migrations do not count, nor do tests and packages, nor `core`: its middlewares, caching,
    encryption, throttling and outbox, 19 modules in November 2026, serve every app and know no enquiry.
    """
    entered = set()

    def note(frame, event, _argument):
        name = frame.f_globals.get("__name__", "")
        if event == "call" and name.partition(".")[0] in APPS and ".migrations" not in name:
            entered.add(name)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(before)
    return entered


def test_an_enquiry_passes_through_few_modules(visitor, make_therapist):
    """From the POST of the last step to the stored row and the redirect, with a therapist chosen."""
    ada = make_therapist("Ada")
    visitor.reaches("suggestions").sends(choice=str(ada.pk))
    visitor.sends(**visitor.plain_answers()["contact"])
    assert visitor.step == "check"
    entered = modules_entered(lambda: visitor.sends(consent="on"))
    assert visitor.response.status_code == 302
    assert Enquiry.objects.count() == 1
    assert len(entered) <= MOST_MODULES, sorted(entered)
