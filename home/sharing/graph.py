"""The whole graph of a page: the practice, the site, and what is said of what the page shows."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Site

from home.models import PracticeSettings
from home.sharing.subject import Subject
from home.structured_data import Node, graph, practice, website


def graph_of(subject: Subject, request: HttpRequest) -> Node:
    site = Site.find_for_request(request)
    settings = PracticeSettings.for_request(request)
    home_url = f"{site.root_url}/"
    search_url = f"{site.root_url}{reverse('search:search')}"
    return graph(
        [
            practice(
                home_url,
                name=settings.practice_name,
                description=settings.strapline,
                email=settings.contact_email,
                telephone=settings.contact_phone,
            ),
            website(home_url, settings.practice_name, get_language() or "", search_url),
            *subject.structured_data(request),
        ]
    )
