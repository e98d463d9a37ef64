"""Who may read a draft, for how long, and what a token does not give away."""

import logging
from datetime import timedelta
from urllib.parse import unquote, urlencode

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from core.preview import tasks
from core.preview.models import LIFETIME, DraftSnapshot
from home.models import InfoPage
from tests.core.preview.conftest import FRONT_END, MODE, latest_draft, opened, panel_of_new, type_in
from tests.core.preview.test_drafts import info_form
from tests.factories.enquiries import stored_enquiry
from tests.factories.home import InfoPageFactory
from tests.factories.therapies import ConcernIndexPageFactory, ConcernPageFactory
from tests.factories.therapists import (
    TherapistIndexPageFactory,
    TherapistPageFactory,
    TherapistPrivateFactory,
)

ADDRESS = "/api/v2/page_preview/"
HOUR = timedelta(hours=1)


@pytest.fixture
def fees(home):
    return InfoPageFactory(parent=home, title="Fees", slug="fees", live=False)


@pytest.fixture
def given(desk, fees):
    return latest_draft(desk, fees)


def kind(problem):
    return problem["type"].rstrip("/").rpartition("/")[2]


def test_the_answer_is_kept_by_no_one_and_found_by_no_search_engine(client, given):
    response = client.get(ADDRESS, given)

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_no_cache_may_keep_a_draft(client, given):
    for response in (client.get(ADDRESS, given), client.get("/userbar/", given)):
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert not {"Surrogate-Key", "Cache-Tag", "ETag"} & response.headers.keys()


@pytest.mark.parametrize("address", [ADDRESS, "/userbar/"])
@pytest.mark.parametrize("server", [logging.getLogger("django.server"), logging.getLogger("django.request")])
def test_a_token_in_an_address_is_not_logged(caplog, given, address, server):
    """As Django's own server tells of a request, and its handlers of one that went wrong."""
    asked = f"{address}?{urlencode(given)}"

    server.warning('"%s" %s %s', f"GET {asked} HTTP/1.1", "410", "99")
    server.warning("%s: %s", "Gone", asked)

    assert given["token"] not in unquote(caplog.text)
    assert caplog.text.count(f"{address}?…") == 2


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_the_token_may_travel_where_no_log_keeps_it(client, given, scheme):
    header = {"authorization": f"{scheme} {given['token']}"}

    response = client.get(ADDRESS, {"content_type": given["content_type"]}, headers=header)

    assert response.json()["title"] == "Fees"


def test_a_front_end_at_its_own_origin_may_read(client, given):
    asked = {"origin": FRONT_END, "access-control-request-method": "GET"}
    asked |= {"access-control-request-headers": "authorization"}

    answer = client.get(ADDRESS, given, headers={"origin": FRONT_END})
    before = client.options(ADDRESS, headers=asked)
    stranger = client.get(ADDRESS, given, headers={"origin": "https://other.example"})
    elsewhere = client.get("/admin/login/", headers={"origin": FRONT_END})

    assert answer["Access-Control-Allow-Origin"] == FRONT_END
    assert "Access-Control-Allow-Credentials" not in answer
    assert "authorization" in before["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Origin" not in stranger
    assert "Access-Control-Allow-Origin" not in elsewhere


@pytest.mark.parametrize("missing", ["content_type", "token"])
def test_both_parameters_are_needed(read, given, missing):
    del given[missing]

    problem = read(given, status=400)

    assert kind(problem) == "invalid-parameter"
    assert list(problem["errors"]) == [missing]


def test_a_token_opens_only_the_page_it_is_of(desk, read, home, given):
    other = InfoPageFactory(parent=home, title="Other", live=False)

    theirs = latest_draft(desk, other)

    assert given["token"] != theirs["token"]
    assert (read(given)["title"], read(theirs)["title"]) == ("Fees", "Other")


@pytest.mark.parametrize(
    "change",
    [
        lambda given: given | {"content_type": "therapies.therapypage"},
        lambda given: given | {"content_type": "\x00"},
        lambda given: given | {"token": given["token"][:-1] + ("A" if given["token"][-1] != "A" else "B")},
        lambda given: given | {"token": f"x{given['token']}"},
        lambda given: given | {"token": "quite:made:up"},
        lambda given: given | {"token": signing.dumps(["key", given["content_type"]], salt="another")},
    ],
)
def test_a_token_that_is_not_ours_is_refused(read, given, change):
    assert kind(read(change(given), status=403)) == "wrong-preview-token"


@pytest.mark.guide("The address that opens is a key to your draft for up to an hour.")
@pytest.mark.parametrize(("age", "status"), [(LIFETIME - timedelta(minutes=1), 200), (HOUR, 410)])
def test_a_token_lasts_less_than_an_hour(read, given, monkeypatch, age, status):
    """The clock of the signature alone: the snapshot is as fresh as another window keeps it."""
    later = signing.time.time() + age.total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: later)

    answer = read(given, status=status)

    assert status == 200 or kind(answer) == "outdated-preview"


def test_what_is_kept_lasts_less_than_an_hour(read, given):
    DraftSnapshot.objects.update(updated_at=timezone.now() - LIFETIME)

    assert kind(read(given, status=410)) == "outdated-preview"
    tasks.purge(0)
    assert not DraftSnapshot.objects.exists()


def test_the_purge_leaves_what_is_still_open(read, given):
    tasks.purge(0)

    assert read(given)["title"] == "Fees"


def test_logging_out_takes_every_preview_back(desk, read, given):
    desk.post(reverse("wagtailadmin_logout"))

    assert kind(read(given, status=410)) == "outdated-preview"
    assert not DraftSnapshot.objects.exists()


@pytest.mark.parametrize("is_new", [True, False])
def test_who_may_no_longer_edit_may_no_longer_preview(desk, read, home, fees, editor, is_new):
    form = info_form(title="New", slug="new")
    given = type_in(desk, panel_of_new(InfoPage, home), form) if is_new else latest_draft(desk, fees)
    read(given)
    GroupPagePermission.objects.filter(group=Group.objects.get(name="Content editor")).delete()
    read(given, status=410)


def test_who_may_no_longer_enter_the_admin_may_no_longer_preview(read, given, editor):
    Group.objects.get(name="Content editor").permissions.remove(
        Permission.objects.get(codename="access_admin")
    )

    read(given, status=410)


def test_who_may_not_log_in_may_no_longer_preview(read, given, editor):
    editor.is_active = False
    editor.save()

    read(given, status=410)


def test_a_page_that_is_gone_takes_its_preview_along(read, given, fees):
    fees.delete()

    read(given, status=410)


def test_previewing_needs_the_right_to_edit(client, fees):
    view = reverse("wagtailadmin_pages:view_draft", args=[fees.pk])

    assert client.get(view, MODE)["Location"].startswith("/admin/login/")
    assert not DraftSnapshot.objects.exists()


def test_nothing_can_be_written_here(client, given):
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(ADDRESS).status_code == 405


def test_the_way_there_leaves_no_trace(desk, fees):
    """The token stands after a `#`, which browsers send to no server, and nobody keeps the redirect."""
    response = desk.get(reverse("wagtailadmin_pages:view_draft", args=[fees.pk]), MODE)

    assert response["Location"].startswith(f"{FRONT_END}/preview#content_type=home.infopage&token=")
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_a_front_end_on_a_server_gets_the_token_in_the_query(desk, fees, settings):
    settings.HEADLESS_PREVIEW_URLS = [f"{FRONT_END}/preview"]

    response = desk.get(reverse("wagtailadmin_pages:view_draft", args=[fees.pk]), MODE)

    assert response["Location"].startswith(f"{FRONT_END}/preview?content_type=home.infopage&token=")
    assert set(opened(response)) == {"content_type", "token"}


def test_nothing_of_private_records_or_enquiries_is_kept(desk, read, home):
    concern = ConcernPageFactory(parent=ConcernIndexPageFactory(parent=home))
    therapist = TherapistPageFactory(parent=TherapistIndexPageFactory(parent=home))
    TherapistPrivateFactory(therapist=therapist, offer_email="hush@example.org")
    enquiry = stored_enquiry(concern.pk)

    told = f"{read(latest_draft(desk, therapist))}{read(latest_draft(desk, concern))}"

    assert "hush@example.org" not in told
    assert enquiry.reference not in told
    kept = {field.name for field in DraftSnapshot._meta.get_fields()}
    assert kept == {
        "key",
        "user",
        "content_type",
        "place",
        "is_new",
        "is_editing",
        "answer",
        "failed_checks",
        "updated_at",
    }
