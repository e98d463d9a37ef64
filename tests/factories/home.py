"""A practice with a front page, to hang other pages under."""

import factory
import wagtail_factories
from wagtail.models import Page, Site

from core.models import PracticeImage, Reviewer
from home.models import HomePage, InfoPage, PracticeSettings


class HomePageFactory(wagtail_factories.PageFactory):
    title = "Home"
    slug = "practice"
    heading = "Someone to talk to"
    summary = "We match you with a therapist who fits."

    class Meta:
        model = HomePage


class InfoPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda number: f"Information {number}")
    summary = "What you can expect."

    class Meta:
        model = InfoPage


class PracticeImageFactory(wagtail_factories.ImageFactory):
    description = "Two chairs by a window"

    class Meta:
        model = PracticeImage


class ReviewerFactory(factory.django.DjangoModelFactory):
    name = "Sample Reviewer"
    credentials = "consultant clinical psychologist"

    class Meta:
        model = Reviewer


def make_site(practice_name: str = "The practice") -> HomePage:
    """The default site, with its front page and the name of the practice; other sites go."""
    home = HomePageFactory(parent=Page.objects.get(depth=1))
    Site.objects.all().delete()
    site = Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    PracticeSettings.objects.create(site=site, practice_name=practice_name)
    return home
