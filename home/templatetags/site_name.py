from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """The name of the deployment: the practice's own name is in the database, which may be out of reach."""
    return settings.WAGTAIL_SITE_NAME
