from django import template
from django.template import Context

from home.navigation import SiteNavigation, navigation_for

register = template.Library()


@register.simple_tag(takes_context=True)
def site_navigation(context: Context) -> SiteNavigation:
    return navigation_for(context["request"])
