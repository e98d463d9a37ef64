"""Whatever is sent to a door that takes something, the answer is one of ours, and nothing is kept of it."""

import json
import uuid

import pytest

from tests.factories.enquiries import stored_enquiry
from tests.factories.home import make_site
from tests.factories.matching import MatchingPageFactory
from tests.factories.therapies import ConcernIndexPageFactory, ConcernPageFactory
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, OutgoingMessage
from therapists.enquiries.signed_links import Purpose, token

DOORS = ["matching/suggestions/", "enquiries/", "enquiries/status/time/"]
JSON = "application/json"
UNREADABLE = {
    "not JSON": b"{",
    "nothing": b"",
    "a word": b"yes",
    "a text": b'"yes"',
    "a number": b"1",
    "a list": b"[]",
    "null": b"null",
    "NaN": b'{"budget": NaN}',
    "nested by thousands": b"[" * 60_000,
    "nested by thousands in an answer": b'{"name": ' + b"[" * 30_000 + b"]" * 30_000 + b"}",
    "a number of thousands of digits": b'{"budget": ' + b"9" * 5_000 + b"}",
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "a mark before it": b'\xef\xbb\xbf{"name": "Sam"}',
    "null bytes": b"\x00" * 100,
    "half a letter in an answer": rb'{"name": "\ud800"}',
    "half a letter in a name": rb'{"\udfff": "Sam"}',
}
UNFIT = {
    "a huge number": {"budget": 10**400, "adult": 10**400},
    "a number without end": '{"budget": 1e400, "main_concern": -1e400, "name": 1e400}',
    "null bytes": dict.fromkeys(["name", "main_concern", "ticket", "asked_about", "time"], "\x00"),
    "other kinds": {"adult": {}, "name": [], "slots": {"a": 1}, "consent": "on", "time": {"id": 1}},
    "many of one": {"formats": ["video"] * 5_000},
    "unknown names": {"age": 1, "__class__": "x", "": "y", "sealed_contact": "z", "state": "closed"},
    "a name without end": {"x" * 60_000: 1},
    "letters of all kinds": {"name": "\u202e\U0001f4a9\0", "time_zone": "../etc/passwd", "phone": "٣" * 30},
    "formats and templates": {"name": "%s%n{{7*7}}", "email": "<script>@example.org", "choice": "%(value)s"},
    "nothing in it": {},
}  # fmt: skip


@pytest.fixture
def bearer(db):
    home = make_site()
    MatchingPageFactory(parent=home)
    concern = ConcernPageFactory(parent=ConcernIndexPageFactory(parent=home))
    return f"Bearer {token(Purpose.STATUS, stored_enquiry(concern.pk).pk)}"


@pytest.fixture
def knock(client, bearer):
    client.raise_request_exception = False

    def send(door, body, content_type=JSON, method="POST", **headers):
        headers |= {"authorization": bearer, "idempotency-key": str(uuid.uuid4())}
        response = client.generic(method, f"/api/v2/{door}", body, content_type, headers=headers)
        if response.status_code >= 400:
            assert response["Content-Type"] == "application/problem+json"
            assert response["Cache-Control"] == "no-store"
        return response

    yield send
    stored = Enquiry.objects.get()
    assert (stored.state, OutgoingMessage.objects.count()) == (State.RECEIVED, 2)


@pytest.mark.parametrize("door", DOORS)
def test_what_cannot_be_read_is_refused(knock, door, subtests):
    for case, body in UNREADABLE.items():
        with subtests.test(case):
            assert knock(door, body).status_code == 400


@pytest.mark.parametrize("door", DOORS)
def test_what_does_not_fit_is_named(knock, door, subtests):
    for case, answers in UNFIT.items():
        with subtests.test(case):
            response = knock(door, answers if isinstance(answers, str) else json.dumps(answers))
            assert response.status_code == 400
            assert response.json()["errors"]


@pytest.mark.parametrize("door", [*DOORS, "enquiries/status/withdraw/", "enquiries/status/cannot-make-it/"])
def test_what_is_too_long_or_of_another_kind_is_refused(knock, door):
    assert knock(door, b"x" * 1_000_000).status_code == 413
    for content_type in ("application/xml", "text/plain", "application/x-www-form-urlencoded", "nonsense"):
        assert knock(door, b"adult=yes", content_type).status_code == 415
    assert knock(door, b"--x--", "multipart/form-data; boundary=x").status_code == 415
    for charset in ("zlib", "utf-16", "rot13", "x" * 300):
        assert knock(door, b'{"a": 1}', f"{JSON}; charset={charset}").status_code in (400, 415)
    assert knock(door, b"{}", accept="text/html").status_code == 406
    assert knock(f"{door}?adult=yes", b"{}").status_code == 400


@pytest.mark.parametrize(
    ("door", "methods"),
    [
        ("matching/", ["POST", "PUT", "PATCH", "DELETE"]),
        ("matching/suggestions/", ["GET", "PUT", "PATCH", "DELETE"]),
        ("enquiries/", ["GET", "PUT", "PATCH", "DELETE"]),
        ("enquiries/status/", ["POST", "PUT", "PATCH"]),
        ("enquiries/status/time/", ["GET", "PUT", "PATCH", "DELETE"]),
        ("enquiries/status/withdraw/", ["GET", "PUT", "PATCH", "DELETE"]),
        ("enquiries/status/undo-withdrawal/", ["GET", "PUT", "PATCH", "DELETE"]),
        ("enquiries/status/cannot-make-it/", ["GET", "PUT", "PATCH", "DELETE"]),
        ("enquiries/status/running-late/", ["GET", "PUT", "PATCH", "DELETE"]),
        ("enquiries/status/outcome/", ["GET", "PUT", "PATCH", "DELETE"]),
    ],
)
def test_other_methods_are_refused(knock, door, methods):
    for method in methods:
        response = knock(door, b"{}", method=method)
        assert response.status_code == 405
        assert method not in response["Allow"]


@pytest.mark.parametrize("length", ["-1", "many", "9" * 5_000, "1e9"])
def test_a_length_that_is_none_is_survived(client, bearer, length):
    client.raise_request_exception = False
    headers = {"idempotency-key": str(uuid.uuid4())}
    for door in DOORS[:2]:
        response = client.post(
            f"/api/v2/{door}", "{}", content_type=JSON, CONTENT_LENGTH=length, headers=headers
        )
        assert 400 <= response.status_code < 500
    assert client.post("/find-a-therapist/", {"step": "before"}, CONTENT_LENGTH=length).status_code < 500
