"""Builds the demo: a site as every owner gets it, with the sample practice's words, people and logins."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from core.models import PracticeImage
from demo.builder.accounts import build_logins
from demo.builder.availability import build_availability
from demo.builder.sample_content import SAMPLE
from demo.builder.therapists import sample_therapists
from home.models import PracticeSettings
from new_practice.loading.pictures import uploaded
from new_practice.loading.therapists import build_therapists
from new_practice.loading.whole_site import load_site

#: Until `set_site_address` says where the demo is served.
ADDRESS = "http://localhost"


@transaction.atomic
def build_demo(today: date | None = None) -> Site:
    """Create the demo site, or update it to the content files, in one transaction."""
    today = today or timezone.localdate()
    practice = SAMPLE.record("practice")
    share_image = practice.pop("share_image")
    pages = load_site(
        SAMPLE,
        ADDRESS,
        practice=practice,
        help_now=SAMPLE.record("crisis_help"),
        dimensions=SAMPLE,
        library=SAMPLE,
    )
    build_therapists(SAMPLE, sample_therapists(today), pages.therapists)
    build_availability(today)
    _share(pages.site, uploaded(SAMPLE, share_image))
    build_logins()
    return pages.site


def _share(site: Site, image: PracticeImage) -> None:
    practice = PracticeSettings.for_site(site)
    practice.share_image = image
    practice.full_clean()
    practice.save()
