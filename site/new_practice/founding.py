"""Makes a new practice's site in one transaction, on a database that holds none."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail.models import Page, Site

from home.models import HomePage, PracticeSettings
from new_practice.details import Administrator, PracticeDetails
from new_practice.loading.content_files import ContentFolder, Record
from new_practice.loading.fixed_pages import set_site_address, welcome_pages
from new_practice.loading.whole_site import load_site
from new_practice.nations import Nation

STARTER = Path(__file__).resolve().parent / "content"
#: The sample practice's files: its points of comparison, its help lines, and its library of therapies.
SAMPLE = ContentFolder(Path(__file__).resolve().parents[1] / "demo" / "content")
LIBRARY = ContentFolder(SAMPLE.path, is_unsigned=True)
THIS_MACHINE = ["localhost", "127.0.0.1"]


def has_content() -> bool:
    """Return whether there is any page but the one that Wagtail welcomes with."""
    welcome = [page.pk for page in welcome_pages()]
    return Page.objects.filter(depth__gt=1).exclude(pk__in=welcome).exists()


def front_page() -> HomePage | None:
    """Return the front page of the site that is there."""
    site = Site.objects.filter(is_default_site=True).first()
    return HomePage.objects.filter(pk=site.root_page_id).first() if site else None


def lead_to_this_port(address: str) -> None:
    """Lead the links of a site of this machine to the port of today. One with a name of its own keeps it."""
    site = Site.objects.filter(is_default_site=True, hostname__in=THIS_MACHINE).first()
    if site and has_content():
        set_site_address(address)


def present_site() -> tuple[str, str]:
    """Return the practice's name and the address of the site that is there."""
    site = Site.objects.filter(is_default_site=True).first() or Site.objects.first()
    if site is None:
        return "", ""
    return str(PracticeSettings.for_site(site).practice_name), site.root_url


@transaction.atomic
def found_practice(
    details: PracticeDetails, administrator: Administrator | None, *, with_therapies: bool = False
) -> Site:
    """Make the whole site, or nothing. Without an administrator, there is one already."""
    starter = ContentFolder(STARTER, words=details.words)
    pages = load_site(
        starter,
        details.web_address,
        practice=starter.record("practice"),
        help_now=urgent_help(details.nation),
        dimensions=SAMPLE,
        library=LIBRARY if with_therapies else None,
    )
    if administrator:
        get_user_model().objects.create_superuser(
            administrator.username, administrator.email, administrator.password
        )
    return pages.site


def urgent_help(nation: Nation) -> Record:
    """Return the record of urgent help with the lines of this nation, which nobody has rung yet."""
    help_now = SAMPLE.record("crisis_help")
    more = ContentFolder(STARTER).record("more_help_lines")["help_lines"]
    lines = [line for line in [*help_now["help_lines"], *more] if nation.has(line)]
    return help_now | {"help_lines": lines, "checked_on": None}
