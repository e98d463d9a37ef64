from django.contrib import messages
from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from therapies.contradiction_warnings import contradictions_on
from therapies.viewsets import FactsViewSetGroup

register_snippet(FactsViewSetGroup)


@hooks.register("after_publish_page")
def warn_of_contradictions(request: HttpRequest, page: Page) -> None:
    """Show each contradiction. The page is published: an editor can be right where a rule is not."""
    for finding in contradictions_on(page.specific):
        messages.warning(request, finding.message)
