"""A small practice in which everything that may not be shown carries a marker.

Public pages point at each hidden thing through every door there is: links in text, blocks, relations,
facts, redirects and the navigation. A marker in any public answer is a leak.
"""

from datetime import date, timedelta

import wagtail_factories
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

from home.models import CrisisHelp, HomePage, Navigation, PracticeSettings
from tests.factories.enquiries import ContactDetailsFactory, stored_enquiry
from tests.factories.home import InfoPageFactory, PracticeImageFactory, ReviewerFactory, make_site
from tests.factories.matching import MatchingPageFactory
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    ComparisonPageFactory,
    ConcernIndexPageFactory,
    ConcernPageFactory,
    DimensionValueFactory,
    ReferenceFactory,
    TherapyEvidenceFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.factories.therapists import (
    RegistrationFactory,
    TherapistConcernFactory,
    TherapistIndexPageFactory,
    TherapistPageFactory,
    TherapistPrivateFactory,
    TherapistTherapyFactory,
    WeeklyWindowFactory,
)
from therapies.enums import EvidenceLevel
from therapists.enquiries.answers import FreeText
from therapists.models import TherapistPrivate

#: In titles, texts and files.
MARKER = "Xylographic"
#: In addresses: a visitor who asks for such an address knows it already, so a refusal may repeat it.
SLUG_MARKER = "quokka"
#: In pictures and documents of a private collection.
FILE_MARKER = "wombat"


class DocumentFactory(wagtail_factories.DocumentFactory):
    title = "Sample document"


def hidden_page(parent, name, **fields):
    fields = {"body": [("paragraph", f"<p>{MARKER} {name}</p>")], **fields}
    return InfoPageFactory(
        parent=parent, title=f"{MARKER} {name}", slug=f"{SLUG_MARKER}-{name}", summary=MARKER, **fields
    )


def hidden_pages(home):
    """Never published, expired, and behind a login, a password and a group; one below a restricted page."""
    pages = [hidden_page(home, "draft", live=False)]
    pages.append(hidden_page(home, "expired", expire_at=timezone.now() - timedelta(hours=1)))
    for kind in ("login", "password", "groups"):
        page = hidden_page(home, kind)
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=kind, password="open sesame"
        )
        if kind == "groups":
            restriction.groups.add(Group.objects.create(name="Readers"))
        pages += [page, hidden_page(page, f"below-{kind}")]
    return pages


def restricted_collection():
    collection = Collection.get_first_root_node().add_child(name=f"{MARKER} papers")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection.add_child(name="Below")


def make_secrets() -> HomePage:
    home = make_site()
    pages = hidden_pages(home)
    collection = restricted_collection()
    image = PracticeImageFactory(
        title=f"{FILE_MARKER} image",
        description=f"{FILE_MARKER} picture",
        collection=collection,
        file__filename=f"{FILE_MARKER}.jpg",
    )
    document = DocumentFactory(
        title=f"{FILE_MARKER} document", collection=collection, file__filename=f"{FILE_MARKER}.pdf"
    )
    links = "".join(f'<a linktype="page" id="{page.pk}">words</a> ' for page in pages)
    links += f'<a linktype="document" id="{document.pk}">words</a>'
    body = [
        ("paragraph", f"<p>{links}</p>"),
        ("figure", {"image": image, "caption": "A picture"}),
        *(
            ("invitation", {"heading": "Go", "text": "On", "link": {"page": page, "label": "Words"}})
            for page in pages
        ),
    ]
    public_page = InfoPageFactory(
        parent=home, title="Open page", slug="open", body=body, social_image=image, reviewer=ReviewerFactory()
    )
    public_page.title, public_page.summary = f"{MARKER} new title", f"{MARKER} new summary"
    public_page.body = [("paragraph", f"<p>{MARKER} not published yet</p>")]
    public_page.save_revision()
    _hide_the_page_of_an_alias(home)
    MatchingPageFactory(parent=home)
    home.first_step_page, home.body = pages[0], body
    home.save()

    _hide_facts(home, image)
    _hide_in_settings(home, pages)
    for number, page in enumerate(pages):
        Redirect.add_redirect(f"/old-{number}", redirect_to=page)
    return home


def _hide_the_page_of_an_alias(home):
    """The alias stays public, with the words that it took over when its page was."""
    page = InfoPageFactory(parent=home, title="Open twice", slug="open-twice")
    page.create_alias(parent=home, update_slug="open-again")
    page.title, page.slug = f"{MARKER} twice", f"{SLUG_MARKER}-twice"
    page.save()
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def _hide_facts(home, image):
    index, concerns = TherapyIndexPageFactory(parent=home), ConcernIndexPageFactory(parent=home)
    directory = TherapistIndexPageFactory(parent=home)
    source = ReferenceFactory(key="hidden-source", citation=f"{MARKER} citation", live=False)
    newer = ReferenceFactory(key="open-source", citation="An open source", superseded_by=source)
    dimension = ComparisonDimensionFactory(
        key="hidden-dimension", label=f"{MARKER} label", question=MARKER, live=False
    )
    open_dimension = ComparisonDimensionFactory(key="focus", label="Focus", question="What is the focus?")
    therapies = [
        TherapyPageFactory(parent=index, title="Open therapy", slug="open-therapy", social_image=image),
        TherapyPageFactory(parent=index, title="Other therapy", slug="other-therapy"),
    ]
    therapy, other = therapies
    hidden_therapy = TherapyPageFactory(
        parent=index,
        title=f"{MARKER} therapy",
        slug=f"{SLUG_MARKER}-therapy",
        abbreviation="ZZZ",
        summary=MARKER,
        live=False,
    )
    concern = ConcernPageFactory(parent=concerns, title="Open concern", slug="open-concern")
    hidden_concern = ConcernPageFactory(
        parent=concerns, title=f"{MARKER} concern", slug=f"{SLUG_MARKER}-concern", summary=MARKER
    )
    PageViewRestriction.objects.create(page=hidden_concern, restriction_type="login")
    concern.adjacent = [hidden_concern]
    concern.save()

    DimensionValueFactory(therapy=therapy, dimension=dimension, short_value=f"{MARKER} answer")
    DimensionValueFactory(
        therapy=therapy, dimension=open_dimension, short_value="Open answer", references=[source, newer]
    )
    DimensionValueFactory(therapy=hidden_therapy, dimension=open_dimension, short_value=f"{MARKER} answer")
    level = EvidenceLevel.TRIAL
    TherapyEvidenceFactory(therapy=therapy, concern=concern, reference=source, level=level)
    TherapyEvidenceFactory(therapy=therapy, concern=hidden_concern, note=MARKER, population=MARKER)
    TherapyEvidenceFactory(therapy=hidden_therapy, concern=concern, note=MARKER, population=MARKER)
    compared = {"therapies": [therapy, hidden_therapy], "dimensions": [dimension, open_dimension]}
    three = {"therapies": [therapy, other, hidden_therapy], "dimensions": []}
    therapy.body = [("comparison", compared), ("comparison", three)]
    therapy.save()
    ComparisonPageFactory(
        parent=index, title=f"{MARKER} pair", slug=f"{SLUG_MARKER}-pair", first=therapy, second=hidden_therapy
    )
    _hide_therapists(directory, image, [concern, hidden_concern], [therapy, hidden_therapy])


def _hide_therapists(directory, image, concerns, therapies):
    open_therapist = TherapistPageFactory(parent=directory, title="Sample Open", slug="open", portrait=image)
    lapsed = TherapistPageFactory(
        parent=directory,
        title=f"{MARKER} Lapsed",
        slug=f"{SLUG_MARKER}-lapsed",
        how_i_work=MARKER,
        registration=None,
    )
    past = date.today() - timedelta(days=2)
    for therapist in (open_therapist, lapsed):
        RegistrationFactory(therapist=therapist, number=f"{MARKER}-1", expires_on=past)
        RegistrationFactory(therapist=therapist, number=f"{MARKER}-2", verified_on=None, expires_on=None)
        TherapistPrivateFactory(
            therapist=therapist, offer_email=f"{MARKER}@example.org", verification_evidence=MARKER
        )
        for concern in concerns:
            TherapistConcernFactory(therapist=therapist, concern=concern)
        for therapy in therapies:
            TherapistTherapyFactory(therapist=therapist, therapy=therapy)
    # Whoever may be suggested for an open concern, for no other reason than a hidden one that is near it.
    near = TherapistPageFactory(parent=directory, title="Sample Near", slug="near")
    TherapistConcernFactory(therapist=near, concern=concerns[1])
    for therapist in (open_therapist, near):
        insured = {"insurance_expires_on": date.today() + timedelta(days=90)}
        TherapistPrivate.objects.update_or_create(therapist=therapist, defaults=insured)
        WeeklyWindowFactory(availability=therapist.availability)
    open_therapist.refresh_from_db()
    open_therapist.save()  # as publishing does: the search index is written with the rows in place
    stored_enquiry(
        concerns[0].pk,
        contact=ContactDetailsFactory(name=f"{MARKER} Sample", email=f"{MARKER}@example.org"),
        free_text=FreeText(message=f"{MARKER} is what troubles me"),
    )


def _hide_in_settings(home, pages):
    site = Site.objects.get(root_page=home)
    PracticeSettings.objects.filter(site=site).update(
        enquiries_email=f"{MARKER}@example.org", enquiry_page=pages[0]
    )
    CrisisHelp.objects.create(site=site, page=pages[0])
    Navigation.objects.create(
        site=site,
        header=[("link", {"page": page}) for page in pages],
        footer=[("group", {"heading": "More", "links": [{"page": page} for page in pages]})],
    )
