"""The whole site, in the order that its parts point at each other."""

from django.db import transaction
from wagtail.models import Page, Site

from demo.builder.pages import publish
from demo.builder.people import build_logins
from home.models import HomePage


@transaction.atomic
def build_demo() -> None:
    """Make the demo site, or bring it in line with the content files. All of it or nothing."""
    build_front_page()
    build_logins()


def build_front_page() -> HomePage:
    """The front page, as the root of the one site. Wagtail's own welcome page makes room for it."""
    root = Page.objects.get(depth=1)
    home = publish(
        HomePage,
        root,
        "home-page",
        {"title": "My Therapist Online", "heading": "Find a therapist who fits"},
    )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page": home, "site_name": home.title},
    )
    Page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
    return home
