import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories.second_factor import give_app

PASSWORD = "quiet-harbour-of-tests"


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = "sensitive"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """What waits for the commit happens at once: these tests roll back, and sessions are stored after it."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **kwargs: call())


@pytest.fixture
def ada(db):
    """An administrator without a second step."""
    return get_user_model().objects.create_superuser("ada", "ada@example.org", PASSWORD)


@pytest.fixture
def app(ada):
    """The key in Ada's authenticator app."""
    return give_app(ada)


@pytest.fixture
def letters():
    """What is to be told, and to whom."""

    def read():
        jobs = ProcrastinateJob.objects.filter(task_name="second_factor.notify").order_by("pk")
        return [(job.args["person_id"], job.args["change"]) for job in jobs]

    return read
