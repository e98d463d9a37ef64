"""The contract, type by type: what changes here changes for every front end.

`UPDATE_GOLDEN=1 uv run pytest tests/api/test_golden.py` writes the files anew; read the difference.
"""

from datetime import date

import pytest
from django.utils import timezone

from home.models import CrisisHelp, Navigation, PracticeSettings
from tests.api.contract import Contract
from tests.api.golden import assert_contract_holds
from tests.api.recorded import ANSWERS, recorded
from tests.factories.home import InfoPageFactory, PracticeImageFactory, ReviewerFactory, make_site
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

pytestmark = pytest.mark.usefixtures("search_index")


@pytest.fixture(scope="module")
def practice(module_database):
    home = make_site("The sample practice")
    image, reviewer = PracticeImageFactory(title="Two chairs", file__filename="chairs.jpg"), ReviewerFactory()
    fees = InfoPageFactory(
        parent=home,
        title="Fees",
        slug="fees",
        reviewer=reviewer,
        last_reviewed=date(2026, 10, 1),
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
    assert timezone.localdate() < date(2099, 1, 1)


@pytest.mark.parametrize("name", ANSWERS)
def test_the_contract_holds(client, practice, db, name):
    assert_contract_holds(name, client.get(f"/api/v2/{ANSWERS[name]}").json())


@pytest.mark.parametrize("name", ANSWERS)
def test_what_is_recorded_is_as_described(name):
    path = f"/{ANSWERS[name].partition('?')[0]}"
    status, media_type = (
        ("400", "application/problem+json") if name == "problem" else ("200", "application/json")
    )
    contract = Contract()
    schema = contract.operation(path)["responses"][status]["content"][media_type]["schema"]

    assert contract.fault(schema, recorded(name)) == ""
