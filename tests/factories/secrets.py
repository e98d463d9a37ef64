"""A small practice in which everything that may not be shown carries a marker.

Public pages point at each hidden thing through every door there is: links in text, blocks, relations,
facts, redirects and the navigation. A marker in any public answer is a leak.

Everything is public and stored first and is hidden afterwards, without storing again what points at it.
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


RESTRICTIONS = ("login", "password", "groups")


class DocumentFactory(wagtail_factories.DocumentFactory):
    title = "Sample document"


def hidden_page(parent, name, **fields):
    fields = {"body": [("paragraph", f"<p>{MARKER} {name}</p>")], **fields}
    return InfoPageFactory(
        parent=parent, title=f"{MARKER} {name}", slug=f"{SLUG_MARKER}-{name}", summary=MARKER, **fields
    )


def pages_to_hide(home):
    """Pages of which only the draft is hidden already, by name; one below each that gets a restriction."""
    pages = {"draft": hidden_page(home, "draft", live=False)}
    for name in ("unpublished", "expired", *RESTRICTIONS):
        pages[name] = hidden_page(home, name)
    for name in RESTRICTIONS:
        pages[f"below-{name}"] = hidden_page(pages[name], f"below-{name}")
    return pages


def hide_pages(pages):
    """Unpublish one, let one expire, and put others behind a login, a password and a group."""
    pages["unpublished"].unpublish()
    expire(pages["expired"])
    for kind in RESTRICTIONS:
        restriction = PageViewRestriction.objects.create(
            page=pages[kind], restriction_type=kind, password="open sesame"
        )
        if kind == "groups":
            restriction.groups.add(Group.objects.create(name="Readers"))


def expire(row):
    """By the clock, before anything has noticed."""
    type(row).objects.filter(pk=row.pk).update(expire_at=timezone.now() - timedelta(hours=1))


def make_secrets() -> HomePage:
    home = make_site()
    to_hide = pages_to_hide(home)
    pages = list(to_hide.values())
    papers = Collection.get_first_root_node().add_child(name=f"{MARKER} papers")
    collection = papers.add_child(name="Below")
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
        ("figure", {"image": image, "caption": f"{FILE_MARKER} caption"}),
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

    facts = _facts_to_hide(home, image)
    _hide_in_settings(home, pages)
    for number, page in enumerate(pages):
        Redirect.add_redirect(f"/old-{number}", redirect_to=page)

    hide_pages(to_hide)
    CollectionViewRestriction.objects.create(collection=papers, restriction_type="login")
    _hide_facts(**facts)
    return home


def _hide_the_page_of_an_alias(home):
    """One alias stays public, with words that it took over when its page was. The other asks for a log-in.

    Wagtail takes a restriction of an original for one of its aliases, but not one that is above the original.
    """
    section = InfoPageFactory(parent=home, title=f"{MARKER} section", slug=f"{SLUG_MARKER}-section")
    page = InfoPageFactory(parent=section, title="Open twice", slug="open-twice")
    page.create_alias(parent=home, update_slug="open-again")
    page.title, page.slug = f"{MARKER} twice", f"{SLUG_MARKER}-twice"
    page.save()
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    members = InfoPageFactory(parent=home, title=f"{MARKER} members", slug=f"{SLUG_MARKER}-members")
    members.create_alias(parent=home, update_slug=f"{SLUG_MARKER}-members-again")
    PageViewRestriction.objects.create(page=members, restriction_type="login")


def _hide_facts(source, expired_source, dimension, expired_dimension, therapy, concern, lapsed):
    for row in (source, dimension, therapy):
        row.unpublish()
    for row in (expired_source, expired_dimension):
        expire(row)
    PageViewRestriction.objects.create(page=concern, restriction_type="login")
    lapsed.registrations.model.objects.filter(therapist=lapsed).update(
        expires_on=date.today() - timedelta(days=2)
    )


def _facts_to_hide(home, image):
    index, concerns = TherapyIndexPageFactory(parent=home), ConcernIndexPageFactory(parent=home)
    directory = TherapistIndexPageFactory(parent=home)
    source = ReferenceFactory(key="hidden-source", citation=f"{MARKER} citation")
    expired_source = ReferenceFactory(key="expired-source", citation=f"{MARKER} expired citation")
    newer = ReferenceFactory(key="open-source", citation="An open source", superseded_by=expired_source)
    dimension, expired_dimension = (
        ComparisonDimensionFactory(key=key, label=f"{MARKER} label", question=MARKER)
        for key in ("hidden-dimension", "expired-dimension")
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
    )
    concern = ConcernPageFactory(parent=concerns, title="Open concern", slug="open-concern")
    hidden_concern = ConcernPageFactory(
        parent=concerns, title=f"{MARKER} concern", slug=f"{SLUG_MARKER}-concern", summary=MARKER
    )
    concern.adjacent = [hidden_concern]
    concern.save()

    for hidden in (dimension, expired_dimension):
        DimensionValueFactory(therapy=therapy, dimension=hidden, short_value=f"{MARKER} answer")
    DimensionValueFactory(
        therapy=therapy,
        dimension=open_dimension,
        short_value="Open answer",
        references=[source, expired_source, newer],
    )
    DimensionValueFactory(therapy=hidden_therapy, dimension=open_dimension, short_value=f"{MARKER} answer")
    level = EvidenceLevel.TRIAL
    TherapyEvidenceFactory(therapy=therapy, concern=concern, reference=source, level=level)
    TherapyEvidenceFactory(therapy=therapy, concern=hidden_concern, note=MARKER, population=MARKER)
    TherapyEvidenceFactory(therapy=hidden_therapy, concern=concern, note=MARKER, population=MARKER)
    compared = {
        "therapies": [therapy, hidden_therapy],
        "dimensions": [dimension, expired_dimension, open_dimension],
    }
    three = {"therapies": [therapy, other, hidden_therapy], "dimensions": []}
    therapy.body = [("comparison", compared), ("comparison", three)]
    therapy.other_way = [("line", {"words": "you want something else", "therapy": hidden_therapy})]
    therapy.save()
    index.groups = [("group", {"heading": "A group", "drawing": "", "pages": [*therapies, hidden_therapy]})]
    index.save()
    concerns.groups = [("group", {"heading": "A group", "drawing": "", "pages": [concern, hidden_concern]})]
    concerns.save()
    ComparisonPageFactory(
        parent=index, title=f"{MARKER} pair", slug=f"{SLUG_MARKER}-pair", first=therapy, second=hidden_therapy
    )
    lapsed = _therapists(directory, image, [concern, hidden_concern], [therapy, hidden_therapy])
    return {
        "source": source,
        "expired_source": expired_source,
        "dimension": dimension,
        "expired_dimension": expired_dimension,
        "therapy": hidden_therapy,
        "concern": hidden_concern,
        "lapsed": lapsed,
    }


def _therapists(directory, image, concerns, therapies):
    open_therapist = TherapistPageFactory(parent=directory, title="Sample Open", slug="open", portrait=image)
    lapsed = TherapistPageFactory(
        parent=directory,
        title=f"{MARKER} Lapsed",
        slug=f"{SLUG_MARKER}-lapsed",
        how_i_work=MARKER,
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
    for therapist in (open_therapist, lapsed):
        therapist.refresh_from_db()
        therapist.save()  # as publishing does: the search index is written with the rows in place
    stored_enquiry(
        concerns[0].pk,
        contact=ContactDetailsFactory(name=f"{MARKER} Sample", email=f"{MARKER}@example.org"),
        free_text=FreeText(message=f"{MARKER} is what troubles me"),
    )
    return lapsed


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
