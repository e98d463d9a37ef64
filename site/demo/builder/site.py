"""The whole site, in the order that its parts point at each other."""

from datetime import date
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from demo.builder.blocks import Words
from demo.builder.concerns import publish_concerns, stand_concerns
from demo.builder.diaries import build_diaries
from demo.builder.files import record
from demo.builder.info import publish_front_page, publish_info_pages, stand_info_pages
from demo.builder.logins import build_groups, build_logins
from demo.builder.matching import publish_matching_page, stand_matching_page
from demo.builder.pages import publish, stand
from demo.builder.settings import build_settings
from demo.builder.snippets import build_dimensions, build_glossary, build_references, build_reviewers
from demo.builder.therapies import build_comparisons, publish_therapies, stand_therapies
from demo.builder.therapists import build_therapists
from home.models import HomePage
from therapies.models import ConcernIndexPage, TherapyIndexPage
from therapists.models import TherapistIndexPage


@transaction.atomic
def build_demo(today: date | None = None) -> Site:
    """Make the demo site, or bring it in line with the content files. All of it or nothing."""
    today = today or timezone.localdate()
    content = record("front_page")
    home = stand_front_page(content)
    words = Words(home)
    therapies = stand(TherapyIndexPage, home, "therapies", content["therapies"])
    concerns = stand(ConcernIndexPage, home, "concerns", content["concerns"])
    therapists = stand(TherapistIndexPage, home, "therapists", content["therapists"])
    matching = stand_matching_page(home)

    build_reviewers()
    build_references()
    build_dimensions()
    build_glossary()
    stand_info_pages(home)
    stand_concerns(concerns)
    stand_therapies(therapies)

    publish(therapies, content["therapies"])
    publish(concerns, content["concerns"])
    publish(therapists, content["therapists"])
    publish_concerns(words)
    publish_therapies(words)
    build_comparisons(therapies, words)
    build_therapists(therapists, today)
    build_diaries(today)
    publish_matching_page(matching, words)
    publish_info_pages(home, words)
    publish_front_page(home, content, words)

    site = Site.objects.get(is_default_site=True)
    build_settings(site, words)
    build_groups()
    build_logins()
    return site


def stand_front_page(content: dict[str, str]) -> HomePage:
    """The front page, as the root of the one site. Wagtail's own welcome page makes room for it."""
    root = Page.objects.get(depth=1)
    home = stand(HomePage, root, "front-page", {"title": content["title"], "heading": content["heading"]})
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": content["title"]},
    )
    for welcome in Page.objects.filter(depth=2, slug="home", content_type__model="page"):
        welcome.delete()
    return home


def stand_at(address: str) -> None:
    """Let every link lead to where the demo is served this time: its port may differ from the last."""
    served = urlsplit(address)
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = served.hostname or "localhost", served.port or 80
    site.save()
