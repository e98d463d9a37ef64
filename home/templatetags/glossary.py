from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from core.caching.content_memory import remembered
from core.visibility import published
from home.glossary.marking import Term, mark_first_uses
from home.models import GlossaryTerm

register = template.Library()


@register.simple_block_tag
def with_meanings(content: str) -> SafeString:
    """Mark the first use of each glossary term in an article, and append the meanings. One query."""
    marked = mark_first_uses(content, _terms())
    meanings = render_to_string("components/term_meanings.html", {"terms": marked.used})
    return mark_safe(marked.html + meanings)  # noqa: S308 - rendered HTML with buttons whose words it had


@remembered
def _terms() -> list[Term]:
    return [term.as_term() for term in published(GlossaryTerm.objects.all())]
