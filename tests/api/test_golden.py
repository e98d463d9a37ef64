"""The contract, type by type: what changes here changes for every front end.

`UPDATE_GOLDEN=1 uv run pytest tests/api/test_golden.py` writes the files anew; read the difference.
"""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document

from core.models import PracticeImage
from core.reviews.words import words_digest
from home.models import CrisisHelp, InfoPage, Navigation, PracticeSettings
from tests.api.contract import Contract
from tests.api.golden import assert_contract_holds
from tests.api.recorded import ANSWERS, recorded
from tests.api.sample_recording import assert_sample_holds
from tests.core.preview.conftest import FRONT_END, latest_draft
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
    RegistrationFactory,
    TherapistConcernFactory,
    TherapistIndexPageFactory,
    TherapistPageFactory,
    TherapistTherapyFactory,
    WeeklyWindowFactory,
)
from therapies.enums import EvidenceLevel, TherapyFamily
from therapies.models import ComparisonDimension, ConcernPage, Reference, TherapyPage
from therapists.models import TherapistPage

pytestmark = pytest.mark.usefixtures("search_index")


@pytest.fixture(scope="module")
def practice(module_database):
    home = make_site("The sample practice")
    image, reviewer = PracticeImageFactory(title="Two chairs", file__filename="chairs.jpg"), ReviewerFactory()
    fees = InfoPageFactory(
        parent=home,
        title="Fees",
        slug="fees",
        social_image=image,
    )
    index, concerns = TherapyIndexPageFactory(parent=home), ConcernIndexPageFactory(parent=home)
    directory = TherapistIndexPageFactory(parent=home)
    dit = TherapyPageFactory(
        parent=index,
        title="Dynamic therapy",
        slug="dynamic",
        abbreviation="DIT",
        family=TherapyFamily.PSYCHODYNAMIC,
        other_names=["Short dynamic therapy"],
    )
    ipt = TherapyPageFactory(
        parent=index, title="Interpersonal therapy", slug="interpersonal", abbreviation="IPT"
    )
    low = ConcernPageFactory(parent=concerns, title="Feeling low", slug="feeling-low", synonyms=["sadness"])
    source = ReferenceFactory(key="guide", citation="A guide", url="https://example.org/guide")
    focus = ComparisonDimensionFactory(
        key="focus", label="Focus", question="What is the focus?", sort_order=1
    )
    length = ComparisonDimensionFactory(key="length", label="Length", question="How long?", sort_order=2)
    DimensionValueFactory(therapy=dit, dimension=focus, short_value="Patterns", references=[source])
    DimensionValueFactory(therapy=ipt, dimension=focus, short_value="Relationships", checked_by=reviewer)
    DimensionValueFactory(
        therapy=dit, dimension=length, short_value="", minimum=16, maximum=16, unit="sessions"
    )
    TherapyEvidenceFactory(therapy=dit, concern=low, level=EvidenceLevel.TRIAL, reference=source)
    link = f'<p>See <a linktype="page" id="{fees.pk}">fees</a>.</p>'
    fees.body = [
        ("heading", "What it costs"),
        ("paragraph", link),
        ("callout", {"tone": "note", "heading": "Good to know", "text": link}),
        ("questions", {"heading": "Questions", "questions": [{"question": "Why?", "answer": link}]}),
        ("figure", {"image": image, "caption": "A room"}),
        ("invitation", {"heading": "Begin", "text": "Ask us", "link": {"page": ipt, "label": ""}}),
    ]
    fees.last_reviewed, fees.reviewer = date(2026, 10, 1), reviewer
    fees.public_words = words_digest(fees)
    fees.save()
    dit.body = [("comparison", {"therapies": [dit, ipt], "dimensions": [focus], "overall": link})]
    dit.save()
    home.first_step_page = directory
    home.save()
    ComparisonPageFactory(parent=index, title="The two", slug="the-two", first=dit, second=ipt, overall=link)
    therapist = TherapistPageFactory(
        parent=directory, title="Sample Person", slug="sample", portrait=image, registration=None
    )
    RegistrationFactory(
        therapist=therapist, number="SAMPLE-1", verified_on=date(2026, 1, 5), expires_on=date(2099, 1, 1)
    )
    TherapistConcernFactory(therapist=therapist, concern=low)
    TherapistTherapyFactory(therapist=therapist, therapy=dit)
    therapist.availability.confirmed_on = date(2026, 11, 1)
    therapist.availability.save()
    WeeklyWindowFactory(availability=therapist.availability)
    site = home.get_site()
    PracticeSettings.objects.filter(site=site).update(
        enquiry_page=fees, contact_email="hello@example.org", share_image=image
    )
    CrisisHelp.objects.create(site=site, page=fees, checked_on=date(2026, 10, 1))
    Navigation.objects.create(site=site, header=[("link", {"page": fees, "label": "Fees"})])
    DocumentFactory(title="A leaflet", file__filename="leaflet.pdf")
    Redirect.add_redirect("/prices", redirect_to=fees)
    assert timezone.localdate() < date(2099, 1, 1)


@pytest.mark.parametrize("name", ANSWERS)
def test_the_contract_holds(client, practice, db, name):
    assert_contract_holds(name, client.get(f"/api/v2/{ANSWERS[name]}").json())


#: The samples in the description, by operation. `{fees}` is the id of a record.
SAMPLES = {
    "getIndex": "",
    "listPages": "pages/?limit=2",
    "getPage": "pages/{fees}/",
    "findPage": "pages/find/?html_path=/fees/",
    "listImages": "images/?limit=1&image_widths=320,640",
    "getImage": "images/{image}/",
    "findImage": "images/find/?id={image}",
    "listDocuments": "documents/",
    "getDocument": "documents/{document}/",
    "findDocument": "documents/find/?id={document}",
    "listRedirects": "redirects/",
    "getRedirect": "redirects/{redirect}/",
    "findRedirect": "redirects/find/?html_path=/prices",
    "listTherapies": "therapies/?limit=1",
    "getTherapy": "therapies/{therapy}/",
    "findTherapy": "therapies/find/?id={therapy}",
    "listConcerns": "concerns/?limit=1",
    "getConcern": "concerns/{concern}/",
    "findConcern": "concerns/find/?id={concern}",
    "listTherapists": "therapists/?format=video,phone&limit=1",
    "getTherapist": "therapists/{therapist}/",
    "findTherapist": "therapists/find/?id={therapist}",
    "listDimensions": "dimensions/",
    "getDimension": "dimensions/{dimension}/",
    "findDimension": "dimensions/find/?id={dimension}",
    "listReferences": "references/",
    "getReference": "references/{reference}/",
    "findReference": "references/find/?id={reference}",
    "listComparisons": "comparisons/",
    "compareTherapies": "comparisons/dit-vs-ipt/",
    "getSite": "site/",
    "listPaths": "paths/",
    "searchPages": "search/?query=fees",
    "suggestPages": "search/suggestions/?query=dyn",
    "listProblems": "problems/",
    "getProblem": "problems/not-found/",
}


@pytest.fixture(scope="module")
def ids(practice):
    redirect = Redirect.objects.get()
    records = {
        "fees": InfoPage.objects.get(slug="fees"),
        "image": PracticeImage.objects.get(),
        "document": Document.objects.get(),
        "redirect": redirect,
        "therapy": TherapyPage.objects.get(slug="dynamic"),
        "concern": ConcernPage.objects.get(),
        "therapist": TherapistPage.objects.get(),
        "dimension": ComparisonDimension.objects.get(key="focus"),
        "reference": Reference.objects.get(),
    }
    return {name: record.pk for name, record in records.items()}


@pytest.mark.parametrize("operation_id", SAMPLES)
def test_a_sample_is_what_the_api_gives(client, ids, db, operation_id):
    address = SAMPLES[operation_id].format(**ids)
    response = client.get(f"/api/v2/{address}")
    assert response.status_code == 200, response.content
    assert_sample_holds(operation_id, address, response.json())


def test_the_sample_of_the_description_is_its_beginning(client, db):
    answer = client.get("/api/v2/openapi.json").json()
    assert_sample_holds(
        "getDescription", "openapi.json", {name: answer[name] for name in ("openapi", "info")}
    )


def test_the_sample_of_a_preview_is_a_draft(client, ids, db, settings):
    settings.HEADLESS_PREVIEW_URLS = [f"{FRONT_END}/preview#"]
    page = InfoPage.objects.get(pk=ids["fees"])
    page.save_revision()
    client.force_login(User.objects.create_superuser("all"))
    asked = latest_draft(client, page)
    answer = client.get("/api/v2/page_preview/", asked).json()
    assert_sample_holds("previewPage", f"page_preview/?content_type={asked['content_type']}&token=…", answer)


@pytest.mark.parametrize("name", ANSWERS)
def test_what_is_recorded_is_as_described(name):
    path = f"/{ANSWERS[name].partition('?')[0]}"
    status, media_type = (
        ("400", "application/problem+json") if name == "problem" else ("200", "application/json")
    )
    contract = Contract()
    schema = contract.operation(path)["responses"][status]["content"][media_type]["schema"]

    assert contract.fault(schema, recorded(name)) == ""
