from django import template
from django.template import Context
from wagtail.models import Page

from core.languages import readable_version
from home.navigation import navigation_for

register = template.Library()


@register.simple_tag(takes_context=True)
def public_url(context: Context, page: Page | None) -> str:
    """Return the URL of a page, or an empty string where it is not public."""
    shown = readable_version(page or None)  # what a template does not know is an empty text
    return (shown.get_url(context.get("request")) or "") if shown else ""


@register.inclusion_tag("components/first_step.html", takes_context=True)
def first_step(context: Context) -> dict[str, str]:
    """Render the front page's link to the first step, or nothing where its page is not public."""
    return _first_step(context)


@register.inclusion_tag("components/first_step_invitation.html", takes_context=True)
def first_step_invitation(
    context: Context, heading: str, text: str, drawing: str = "", level: int = 2
) -> dict[str, str | int]:
    """Render the link to the first step within a page, with a heading, a text and a drawing by its name."""
    words = {"heading": heading, "text": text, "drawing": drawing, **_first_step(context)}
    return {**words, "heading_level": level}


def _first_step(context: Context) -> dict[str, str]:
    link = navigation_for(context["request"]).first_step
    return {"url": link.url, "label": link.text} if link else {}
