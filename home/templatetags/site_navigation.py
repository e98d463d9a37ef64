"""What stands around every page. A site has few of it: each is made once for an epoch."""

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.caching.content_memory import remember_as
from home.models import CrisisHelp, PracticeSettings
from home.navigation import SiteNavigation, navigation_for

register = template.Library()

#: In the memory of content, the names of what the tags make.
HEADER, FOOTER = "site header", "site footer"


@register.simple_tag(takes_context=True)
def site_navigation(context: Context) -> SiteNavigation:
    return navigation_for(context["request"])


@register.simple_tag
def site_header(practice: PracticeSettings, navigation: SiteNavigation, shows: str = "") -> SafeString:
    """The top of a page. `shows` is how much, in place of what the navigation says."""
    shown = shows or navigation.header_shows
    current = tuple(link.url for link in navigation.header if link.is_current)
    content = {"practice": practice, "navigation": navigation, "shown": shown}
    return remember_as(
        (HEADER, practice.site_id, current, shown),
        lambda: render_to_string("navigation/header.html", content),
    )


@register.simple_tag
def site_footer(practice: PracticeSettings, navigation: SiteNavigation, crisis: CrisisHelp) -> SafeString:
    content = {
        "practice": practice,
        "groups": navigation.footer,
        "help_url": navigation.help_url,
        "crisis": crisis,
    }
    return remember_as(
        (FOOTER, practice.site_id), lambda: render_to_string("navigation/footer.html", content)
    )
