from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """Return WAGTAIL_SITE_NAME, for error pages: the practice's own is in the database, which may be down."""
    return settings.WAGTAIL_SITE_NAME
