"""The practice as the publisher of the site, for search engines and shared links."""

from django.http import HttpRequest

from core.seo.publisher import Publisher
from home.models import PracticeSettings


def publisher_of(request: HttpRequest) -> Publisher:
    practice = PracticeSettings.for_request(request)
    return Publisher(
        name=str(practice.practice_name),
        strapline=practice.strapline,
        email=practice.contact_email,
        telephone=practice.contact_phone,
        picture=practice.shared_image,
    )
