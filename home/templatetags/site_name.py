"""What pages that say something went wrong show of the site: the database may be what is broken."""

from django import template
from django.conf import settings

from core.languages import prefixed_path

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """Return WAGTAIL_SITE_NAME: the practice's own is in the database."""
    return settings.WAGTAIL_SITE_NAME


@register.simple_tag
def home_address() -> str:
    """Return the front page's, in the active language."""
    return prefixed_path()
