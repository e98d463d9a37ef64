"""Whoever lets go of the keys that are announced shows no old answer; and lets go of little else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Site

from config.api import api_router
from core.content_api.viewsets import PublicViewSet
from core.webhooks import tasks
from core.webhooks.models import Event
from home.models import CrisisHelp, Navigation, PracticeSettings
from tests.epochs import KnownEpoch
from tests.factories.home import InfoPageFactory, PracticeImageFactory, ReviewerFactory, make_site
from tests.factories.secrets import DocumentFactory
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
    TherapistConcernFactory,
    TherapistIndexPageFactory,
    TherapistPageFactory,
    TherapistTherapyFactory,
    WeeklyWindowFactory,
)
from tests.factories.webhooks import EndpointFactory
from therapies.models import TherapyEvidence

LISTS = [name for name, endpoint in api_router._endpoints.items() if issubclass(endpoint, PublicViewSet)]
SEVERAL = ["home.InfoPage", "therapies.ConcernPage", "therapies.TherapyPage", "therapists.TherapistPage"]
ADDRESSES = [
    *(f"{name}/?fields=*&limit=50" for name in LISTS),
    "pages/?type=therapies.ComparisonPage&fields=*",
    "pages/?type=home.InfoPage&fields=*",
    "pages/?child_of=root",
    f"pages/?type={','.join(SEVERAL)}&fields=*,seo,parent,breadcrumbs,children&limit=50",
    "therapists/?fields=*,children,breadcrumbs",
    "comparisons/?fields=table",
    "pages/?search=words",
    "pages/?search=answer+chairs+low&search_operator=or",
    "therapies/?concern=low",
    "concerns/?therapy=dynamic",
    "therapists/?concern=low",
    "therapists/?therapy=dynamic",
    "therapists/?accepts_clients=true",
    "comparisons/",
    "comparisons/dit-vs-ipt/",
    "pages/find/?html_path=/old",
    "pages/find/?html_path=/alone/",
    "site/",
    "paths/",
    "problems/",
]


class Practice:
    """A small site in which everything points at everything, some of it hidden."""

    def __init__(self) -> None:
        self.home = home = make_site()
        self.reviewer, self.image, self.document = (
            ReviewerFactory(),
            PracticeImageFactory(),
            DocumentFactory(),
        )
        self.index, concerns = TherapyIndexPageFactory(parent=home), ConcernIndexPageFactory(parent=home)
        self.directory = TherapistIndexPageFactory(parent=home)
        self.source = ReferenceFactory(key="source", superseded_by=ReferenceFactory(key="newer"))
        self.dimension = ComparisonDimensionFactory(key="focus", label="Focus")
        self.low = ConcernPageFactory(parent=concerns, title="Low", slug="low", reviewer=self.reviewer)
        self.grief = ConcernPageFactory(parent=concerns, title="Grief", slug="grief", live=False)
        self.dit = TherapyPageFactory(parent=self.index, slug="dynamic", abbreviation="DIT")
        self.ipt = TherapyPageFactory(parent=self.index, slug="interpersonal", abbreviation="IPT")
        for therapy in (self.dit, self.ipt):
            DimensionValueFactory(
                therapy=therapy, dimension=self.dimension, references=[self.source], checked_by=self.reviewer
            )
        for concern in (self.low, self.grief):
            TherapyEvidenceFactory(therapy=self.dit, concern=concern, reference=self.source)
        self.pair = ComparisonPageFactory(
            parent=self.index, title="The two", slug="two", first=self.dit, second=self.ipt
        )
        self.therapists = [
            TherapistPageFactory(parent=self.directory, title=f"Sample {name}", portrait=self.image)
            for name in ("One", "Two")
        ]
        for concern in (self.low, self.grief):
            TherapistConcernFactory(therapist=self.therapists[0], concern=concern)
        TherapistTherapyFactory(therapist=self.therapists[0], therapy=self.dit)
        again(self.therapists[0]).save()
        self.section = InfoPageFactory(parent=home, title="Section", slug="section")
        self.below = InfoPageFactory(parent=self.section, title="Below", slug="below")
        pages = [self.dit, self.pair, self.low, self.grief, self.therapists[0], self.section, self.below]
        links = "".join(f'<a linktype="page" id="{page.pk}">words</a>' for page in pages)
        links += f'<a linktype="document" id="{self.document.pk}">paper</a>'
        body = [("paragraph", f"<p>{links}</p>"), ("figure", {"image": self.image, "caption": "Two chairs"})]
        self.about = InfoPageFactory(parent=home, title="About", slug="about", body=body)
        self.alone = InfoPageFactory(parent=home, title="Alone", slug="alone")
        compared = {"therapies": [self.dit, self.ipt], "dimensions": [self.dimension], "overall": ""}
        self.low.body = body
        self.low.adjacent = [self.grief]
        self.low.save()
        self.dit.body = [("comparison", compared)]
        self.dit.save()
        site = home.get_site()
        Navigation.objects.create(site=site, header=[("link", {"page": self.section})])
        CrisisHelp.objects.create(site=site, page=self.about)
        self.settings = PracticeSettings.objects.get(site=site)
        Redirect.add_redirect("/old", redirect_to=self.below)


def again(row: Any) -> Any:
    """As the database has it: what one change left in memory is not there for the next."""
    return type(row)._default_manager.get(pk=row.pk)


def store(row: Any, **fields: object) -> None:
    row = again(row)
    for name, value in fields.items():
        setattr(row, name, value)
    if hasattr(row, "save_revision"):
        row.save_revision().publish()
    else:
        row.save()


def hide(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def new_evidence(practice: Practice) -> None:
    therapy = again(practice.ipt)
    therapy.evidence.add(TherapyEvidence(concern=practice.low, note="New"))
    therapy.save_revision().publish()


def hide_pictures(practice: Practice) -> None:
    CollectionViewRestriction.objects.create(collection=practice.image.collection, restriction_type="login")


def expire(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    tasks.announce_page_changes(0)


def end_registration(practice: Practice) -> None:
    practice.therapists[1].registrations.model.objects.update(expires_on=date(2020, 1, 1))
    tasks.announce_page_changes(0)


CHANGES = {
    "a therapist’s words": lambda p: store(p.therapists[0], how_i_work="Otherwise"),
    "a therapist’s name": lambda p: store(p.therapists[0], title="Sample Three"),
    "a therapist’s address": lambda p: store(p.therapists[0], slug="elsewhere"),
    "a therapist is gone": lambda p: again(p.therapists[0]).unpublish(),
    "a therapist is deleted": lambda p: again(p.therapists[0]).delete(),
    "a new therapist": lambda p: TherapistPageFactory(parent=again(p.directory), title="Sample Four"),
    "a diary": lambda p: store(p.therapists[0].availability, places_per_four_weeks=0),
    "a time in the week": lambda p: WeeklyWindowFactory(availability=p.therapists[0].availability),
    "a registration ends": end_registration,
    "a therapy’s name": lambda p: store(p.dit, title="Another name"),
    "a therapy’s abbreviation": lambda p: store(p.dit, abbreviation="DYN"),
    "a therapy is hidden": lambda p: hide(p.dit),
    "new evidence": new_evidence,
    "a concern appears": lambda p: store(p.grief),
    "a concern is gone": lambda p: again(p.low).unpublish(),
    "a concern’s address": lambda p: store(p.low, slug="down"),
    "a comparison is gone": lambda p: again(p.pair).unpublish(),
    "a comparison is deleted": lambda p: again(p.pair).delete(),
    "a section is gone": lambda p: again(p.section).unpublish(),
    "a section is hidden with what is below": lambda p: hide(p.section),
    "a section moves": lambda p: again(p.section).move(again(p.about), "last-child"),
    "another order": lambda p: again(p.alone).move(again(p.section), "left"),
    "a page expires": lambda p: expire(p.below),
    "a page that nothing points at": lambda p: store(p.alone, title="Still alone"),
    "a point of comparison": lambda p: store(p.dimension, label="Aim"),
    "a point of comparison is gone": lambda p: again(p.dimension).unpublish(),
    "a source": lambda p: store(p.source, citation="Another citation"),
    "a newer source": lambda p: store(p.source.superseded_by, citation="A newer citation"),
    "a reviewer": lambda p: store(p.reviewer, name="Someone Else"),
    "a picture’s words": lambda p: store(p.image, description="Other words"),
    "a picture is deleted": lambda p: again(p.image).delete(),
    "a new picture": lambda p: PracticeImageFactory(title="New"),
    "a document": lambda p: store(p.document, title="Another title"),
    "private pictures": hide_pictures,
    "the practice": lambda p: store(p.settings, practice_name="Another practice"),
    "the navigation": lambda p: store(Navigation.objects.get(), header=[]),
    "urgent help": lambda p: store(CrisisHelp.objects.get(), introduction="Call"),
    "a redirect": lambda p: store(Redirect.objects.get(), redirect_page=p.about),
    "the address of the site": lambda p: store(p.home.get_site(), port=8000),
}
#: Changes of one thing that must leave what does not show it alone.
SMALL = {
    "a therapist’s words": "pages/find/?html_path=/alone/",
    "a therapist’s name": "therapies/?fields=*&limit=50",
    "a diary": "paths/",
    "a page that nothing points at": "site/",
    "a picture’s words": "site/",
    "the practice": "therapists/?fields=*&limit=50",
    "a point of comparison": "therapists/?fields=*&limit=50",
}


@pytest.fixture
def practice(db, search_index):
    practice = Practice()
    EndpointFactory()
    return practice


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    keys: set[str]


def ask(client: Client, address: str) -> Answer:
    response = client.get(f"/api/v2/{address}")
    assert response.status_code in (200, 404), (address, response.content)
    return Answer(response.status_code, response.content, set(response.get("Surrogate-Key", "").split()))


@contextmanager
def undone(epoch: KnownEpoch) -> Iterator[None]:
    """What is done within is taken back. Each is a change of content, after which nothing is remembered."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    epoch.number += 1
    Site.clear_site_root_paths_cache()


def test_the_crawl_reaches_every_endpoint_that_caches_keep():
    kept = {name for name, view in api_router._endpoints.items() if getattr(view, "may_be_cached", True)}
    reached = {address.partition("/")[0] for address in ADDRESSES}
    assert reached == kept, "Add an address to ADDRESSES, or say that the answer may not be cached"


def test_what_is_announced_clears_every_answer_that_changed(client, practice, epoch, subtests):
    pages = Page.objects.filter(depth__gt=1).values_list("pk", flat=True)
    before = {address: ask(client, address) for address in [*ADDRESSES, *(f"pages/{pk}/" for pk in pages)]}
    cached = {address: answer for address, answer in before.items() if answer.status == 200}
    assert len(cached) > 30
    for name, change in CHANGES.items():
        with subtests.test(name), undone(epoch):
            Event.objects.all().delete()
            change(practice)
            epoch.number += 1
            announced = {key for event in Event.objects.all() for key in event.keys}
            let_go = {address for address, answer in cached.items() if answer.keys & announced}
            stale = {
                address
                for address, answer in cached.items()
                if address not in let_go and ask(client, address).body != answer.body
            }
            assert stale == set()
            assert any(ask(client, address).body != cached[address].body for address in sorted(let_go))
            if name in SMALL:
                assert SMALL[name] not in let_go
