import json
import logging
import socket
import uuid
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.models import Site

from home.models import PracticeSettings
from tests.factories.enquiries import make_matcher, make_offerable_therapist, stored_enquiry
from therapists.enquiries.enums import State
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.offers import set_shortlist
from therapists.enquiries.signed_links import Purpose, token


@pytest.fixture
def enquiries_practice(practice):
    """The practice with an address for new enquiries."""
    PracticeSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={"practice_name": "The Practice", "enquiries_email": "team@practice.example"},
    )
    return practice


@pytest.fixture
def matcher(db):
    return make_matcher()


@pytest.fixture
def enquiry(enquiries_practice, matcher):
    return stored_enquiry(enquiries_practice.grief.pk)


@pytest.fixture
def wrong_tokens(enquiry):
    """What looks like the token of the visitor's own page, and opens nothing."""
    right = token(Purpose.STATUS, enquiry.pk)
    return {
        "changed": right[:-1] + ("A" if right[-1] != "A" else "B"),
        "plain": enquiry.pk.hex,
        "purpose": token(Purpose.OFFER, enquiry.pk),
        "stranger": token(Purpose.STATUS, uuid.uuid4()),
        "empty": ".",
        "letters": "ÿ" * 3000,
    }


@pytest.fixture
def therapist(enquiries_practice):
    return make_offerable_therapist(enquiries_practice.directory, "Sample First")


@pytest.fixture
def candidates(enquiries_practice, therapist):
    """Three; the first is the one that is enough elsewhere."""
    others = ("Sample Second", "Sample Third")
    return [
        therapist,
        *(make_offerable_therapist(enquiries_practice.directory, name) for name in others),
    ]


@pytest.fixture
def shortlisted(enquiry, candidates, matcher):
    """An enquiry whose matcher wants to ask the first, then the second."""
    move(enquiry.pk, State.REVIEW, by=matcher)
    return set_shortlist(enquiry.pk, candidates[:2], by=matcher, reason="They know the concern well.")


@pytest.fixture
def ask(client, enquiry):
    """Asks with the visitor's own token, or another."""

    def send(method="get", place="", data=None, bearer=None):
        bearer = token(Purpose.STATUS, enquiry.pk) if bearer is None else bearer
        body = "" if data is None else json.dumps(data)
        headers = {"authorization": f"Bearer {bearer}"}
        return client.generic(
            method.upper(), f"/api/v2/enquiries/status/{place}", body, "application/json", headers=headers
        )

    return send


class Postbox:
    """An SMTP server's handler that keeps what comes, or answers as told."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.answer = ""

    async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:
        if self.answer:
            return self.answer
        self.envelopes.append(envelope)
        return "250 OK"

    def texts(self) -> list[str]:
        return [envelope.content.decode() for envelope in self.envelopes]


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    """A real SMTP server on this machine, to which the site's mail goes."""
    # The server logs what it is told; the tests look at what the site logs.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5},
        }
    }
    yield box
    controller.stop()


@pytest.fixture
def jobs():
    """The arguments of every queued job, by task."""

    def read() -> list[tuple[str, dict]]:
        return list(ProcrastinateJob.objects.order_by("pk").values_list("task_name", "args"))

    return read
