"""The pages that every practice has: front page, lists, directory, matching form and information."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from wagtail.models import Page, Site

from home.models import HomePage, InfoPage
from new_practice.loading.content_files import ContentFolder, Record, named
from new_practice.loading.publishing import create_draft, publish
from new_practice.loading.shared_fields import is_draft, review_of, shared_fields
from new_practice.loading.stream_content import ContentWriter
from therapies.models import ConcernIndexPage, TherapyIndexPage
from therapists.matching.models import MatchingPage
from therapists.models import TherapistIndexPage

#: The texts of the matching page that are rich text.
RICH_TEXT = ["intro", "help_today_text", "under_age_text", "no_match_text", "thanks_text"]
#: The ports that an address need not name.
USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class FixedPages:
    site: Site
    home: HomePage
    therapies: TherapyIndexPage
    concerns: ConcernIndexPage
    therapists: TherapistIndexPage
    matching: MatchingPage


def create_fixed_page_drafts(content: ContentFolder, address: str) -> FixedPages:
    """Create the pages that texts link to, each as a draft without its body, where they are missing."""
    heads = content.record("front_page")
    matching = content.record("matching")
    home = create_draft(
        HomePage,
        Page.objects.get(depth=1),
        "front-page",
        {"title": heads["title"], "heading": heads["heading"]},
    )
    return FixedPages(
        site=_lead_to(home, address),
        home=home,
        therapies=create_draft(TherapyIndexPage, home, "therapies", _head_of_a_list(heads["therapies"])),
        concerns=create_draft(ConcernIndexPage, home, "concerns", _head_of_a_list(heads["concerns"])),
        therapists=create_draft(TherapistIndexPage, home, "therapists", heads["therapists"]),
        matching=create_draft(
            MatchingPage,
            home,
            "find-a-therapist",
            {"title": matching["title"], "consent_text": matching["consent_text"]},
        ),
    )


def create_info_page_drafts(content: ContentFolder, home: HomePage) -> None:
    """Create parents before their children."""
    pages = content.records("info")
    for slug, info in sorted(pages.items(), key=lambda entry: "parent" in entry[1]):
        with content.storing(f"info/{slug}"):
            parent: Page = named(InfoPage, slug=info["parent"]) if "parent" in info else home
            create_draft(InfoPage, parent, slug, {"title": info["title"]})


def publish_info_pages(content: ContentFolder, writer: ContentWriter) -> None:
    for slug, info in content.records("info").items():
        with content.storing(f"info/{slug}"):
            fields = {
                "other_words": info.get("other_words", []),
                "body": writer.stream(InfoPage.body, slug, info.get("body", [])),
                **shared_fields(content, info),
            }
            publish(
                named(InfoPage, slug=slug),
                fields,
                review=review_of(content, info),
                as_draft=is_draft(content, info),
            )


def publish_lists(content: ContentFolder, pages: FixedPages) -> None:
    heads = content.record("front_page")
    publish(pages.therapies, _head_of_a_list(heads["therapies"]))
    publish(pages.concerns, _head_of_a_list(heads["concerns"]))
    publish(pages.therapists, heads["therapists"])


def publish_groups(content: ContentFolder, pages: FixedPages, writer: ContentWriter) -> None:
    """Group the pages of both lists as the files say, once they are there."""
    heads = content.record("front_page")
    for page, of_it in [(pages.therapies, heads["therapies"]), (pages.concerns, heads["concerns"])]:
        groups = writer.stream(type(page).groups, f"/{page.slug}/", of_it.get("groups", []), "groups")
        publish(page, {"groups": groups})


def publish_fixed_pages(content: ContentFolder, pages: FixedPages, writer: ContentWriter) -> None:
    """Publish what links to the pages of all others: matching, information, and the front page last."""
    matching = content.record("matching")
    publish(pages.matching, matching | {name: writer.rich_text(matching[name]) for name in RICH_TEXT})
    publish_info_pages(content, writer)
    publish(pages.home, _of_the_front_page(content.record("front_page"), writer))


def set_site_address(address: str) -> None:
    """Set where the site is served, so that links lead there."""
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = host_and_port(address)
    site.save()


def host_and_port(address: str) -> tuple[str, int]:
    """Return the parts of an address such as `https://www.example.org` by which Wagtail finds its site."""
    served = urlsplit(address)
    return served.hostname or "localhost", served.port or USUAL_PORTS.get(served.scheme, 80)


def _head_of_a_list(head: Record) -> Record:
    return {name: value for name, value in head.items() if name != "groups"}


def _lead_to(home: HomePage, address: str) -> Site:
    """Make the page the root of the only site. Wagtail's welcome page is deleted."""
    hostname, port = host_and_port(address)
    site, _created = Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": hostname, "port": port, "root_page": home, "site_name": home.title},
    )
    for welcome in welcome_pages():
        welcome.delete()
    return site


def welcome_pages() -> "list[Page]":
    """Return the page that Wagtail's own migrations make."""
    return list(Page.objects.filter(depth=2, slug="home", content_type__model="page"))


def _of_the_front_page(content: Record, writer: ContentWriter) -> Record:
    return {
        "title": content["title"],
        "heading": content["heading"],
        "summary": content["summary"],
        "search_description": content["search_description"],
        "seo_title": content["seo_title"],
        "first_step_page": writer.page(content["first_step_page"]),
        "first_step_label": content["first_step_label"],
        "first_step_note": content["first_step_note"],
        "body": writer.stream(HomePage.body, "home", content["body"]),
    }
