"""Builds the whole site, in the order in which its parts refer to each other."""

from datetime import date
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from demo.builder.accounts import build_logins
from demo.builder.availability import build_availability
from demo.builder.concerns import create_concern_drafts, publish_concerns
from demo.builder.content_files import record
from demo.builder.info_pages import create_info_page_drafts, publish_front_page, publish_info_pages
from demo.builder.matching_page import create_matching_page_draft, publish_matching_page
from demo.builder.publishing import create_draft, publish
from demo.builder.site_settings import build_settings
from demo.builder.snippets import build_dimensions, build_glossary, build_references, build_reviewers
from demo.builder.stream_content import ContentWriter
from demo.builder.therapies import build_comparisons, create_therapy_drafts, publish_therapies
from demo.builder.therapists import build_therapists
from home.models import HomePage
from therapies.models import ConcernIndexPage, TherapyIndexPage
from therapists.models import TherapistIndexPage


@transaction.atomic
def build_demo(today: date | None = None) -> Site:
    """Create the demo site, or update it to the content files, in one transaction."""
    today = today or timezone.localdate()
    content = record("front_page")
    home = create_front_page_draft(content)
    writer = ContentWriter(home)
    therapies = create_draft(TherapyIndexPage, home, "therapies", content["therapies"])
    concerns = create_draft(ConcernIndexPage, home, "concerns", content["concerns"])
    therapists = create_draft(TherapistIndexPage, home, "therapists", content["therapists"])
    matching = create_matching_page_draft(home)

    build_reviewers()
    build_references()
    build_dimensions()
    build_glossary()
    create_info_page_drafts(home)
    create_concern_drafts(concerns)
    create_therapy_drafts(therapies)

    publish(therapies, content["therapies"])
    publish(concerns, content["concerns"])
    publish(therapists, content["therapists"])
    publish_concerns(writer)
    publish_therapies(writer)
    build_comparisons(therapies, writer)
    build_therapists(therapists, today)
    build_availability(today)
    publish_matching_page(matching, writer)
    publish_info_pages(home, writer)
    publish_front_page(home, content, writer)

    site = Site.objects.get(is_default_site=True)
    build_settings(site, writer)
    build_logins()
    return site


def create_front_page_draft(content: dict[str, str]) -> HomePage:
    """Return the front page, made the root of the only site. Wagtail's welcome page is deleted."""
    root = Page.objects.get(depth=1)
    home = create_draft(
        HomePage, root, "front-page", {"title": content["title"], "heading": content["heading"]}
    )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": content["title"]},
    )
    for welcome in Page.objects.filter(depth=2, slug="home", content_type__model="page"):
        welcome.delete()
    return home


def set_site_address(address: str) -> None:
    """Set where the demo is served, so that links lead there: its port may differ from the last time."""
    served = urlsplit(address)
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = served.hostname or "localhost", served.port or 80
    site.save()
