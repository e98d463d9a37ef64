"""The JSON-LD of a page: the practice, the site, and the nodes of the page itself."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Site

from core.seo.publisher import publisher_of
from core.seo.shareable import Shareable
from core.seo.structured_data import Node, graph, practice, website


def graph_of(shareable: Shareable, request: HttpRequest) -> Node:
    site = Site.find_for_request(request)
    publisher = publisher_of(request)
    home_url = f"{site.root_url}/"
    search_url = f"{site.root_url}{reverse('search:search')}"
    return graph(
        [
            practice(
                home_url,
                name=publisher.name,
                description=publisher.strapline,
                email=publisher.email,
                telephone=publisher.telephone,
            ),
            website(home_url, publisher.name, get_language() or "", search_url),
            *shareable.structured_data(request),
        ]
    )
