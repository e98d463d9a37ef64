from types import SimpleNamespace

import pytest
import wagtail_factories
from wagtail.models import Page, Site

from home.models import HomePage
from tests.factories.therapists import TherapistIndexPageFactory
from therapies.enums import TherapyFamily
from therapies.models import ConcernIndexPage, ConcernPage, TherapyIndexPage, TherapyPage


class HomePageFactory(wagtail_factories.PageFactory):
    title = "Home"
    slug = "home-of-therapists"
    heading = "Find someone to talk to"

    class Meta:
        model = HomePage


@pytest.fixture
def practice(db):
    """A site with a directory, two therapies and two concerns."""
    home = HomePageFactory(parent=Page.objects.get(depth=1))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
    )
    therapies = home.add_child(instance=TherapyIndexPage(title="Therapies", slug="therapies"))
    concerns = home.add_child(instance=ConcernIndexPage(title="Concerns", slug="concerns"))
    ipt = TherapyPage(title="Interpersonal therapy", slug="ipt", family=TherapyFamily.INTERPERSONAL)
    cbt = TherapyPage(title="Cognitive therapy", slug="cbt", family=TherapyFamily.BEHAVIOURAL)
    return SimpleNamespace(
        home=home,
        directory=TherapistIndexPageFactory(parent=home),
        ipt=therapies.add_child(instance=ipt),
        cbt=therapies.add_child(instance=cbt),
        grief=concerns.add_child(instance=ConcernPage(title="Grief and loss", slug="grief")),
        panic=concerns.add_child(instance=ConcernPage(title="Panic", slug="panic")),
    )
