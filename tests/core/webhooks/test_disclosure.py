"""No message gives away what is not public: every hidden thing is stored again, and then deleted."""

import json

from wagtail.documents import get_document_model
from wagtail.models import Page

from core.models import PracticeImage
from core.webhooks import tasks
from core.webhooks.models import Event, KnownPage
from tests.factories.secrets import FILE_MARKER, MARKER, SLUG_MARKER, make_secrets
from tests.factories.webhooks import EndpointFactory
from therapies.models import ComparisonDimension, Reference
from therapists.models import Availability, TherapistPrivate


def test_nothing_hidden_is_announced(db):
    make_secrets()
    EndpointFactory()
    hidden = Page.objects.filter(depth__gt=1).exclude(pk__in=KnownPage.objects.values("pk"))
    assert len(hidden) > 8
    for page in Page.objects.filter(depth__gt=1).specific():
        page.save()
    for model in (PracticeImage, get_document_model(), Availability, TherapistPrivate):
        for row in model.objects.all():
            row.save()
    for model in (Reference, ComparisonDimension):
        for row in model.objects.filter(live=False):
            row.save_revision()
    tasks.announce_page_changes(0)
    ids = {f"page-{page.pk}" for page in hidden}
    for page in hidden.exclude(title__contains="therapy").specific():
        if Page.objects.filter(pk=page.pk).exists():  # or gone with the page above it
            page.delete()
    messages = [event.body() for event in Event.objects.all()]
    assert messages
    sent = json.dumps(messages)
    assert not [marker for marker in (MARKER, SLUG_MARKER, FILE_MARKER) if marker.lower() in sent.lower()]
    assert not ids & {key for message in messages for key in message["data"]["keys"]}
