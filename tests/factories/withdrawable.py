"""A small practice in which all is public at first, and what may be withdrawn has a word of its own.

Other pages hold these words: a therapist who works with a concern, an article with a picture and its caption.
The words resemble no others, so that whatever finds one has read it.
"""

from dataclasses import dataclass

from wagtail.models import Collection

from core.models import PracticeImage
from home.models import HomePage, InfoPage
from tests.factories.home import InfoPageFactory, PracticeImageFactory, make_site
from tests.factories.therapies import (
    ComparisonDimensionFactory,
    ConcernIndexPageFactory,
    ConcernPageFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.factories.therapists import (
    TherapistConcernFactory,
    TherapistIndexPageFactory,
    TherapistPageFactory,
    TherapistTherapyFactory,
)
from therapies.models import ComparisonDimension, ConcernPage, DimensionValue, TherapyPage
from therapists.models import TherapistPage

#: What each is found by. No two share three letters in a row.
CONCERN, THERAPY, FACT = "quillwort", "zymurgist", "bdellatomy"
CAPTION, LABEL, LAST_LINK, OVERALL = "ombrophilous", "jentacular", "kakistocrat", "xanthodont"
NAME = "Vavasour"
#: What each page that holds the words of others says itself, beside them.
OWN = "harbour"
PARAGRAPH = ("paragraph", f"<p>A {OWN}.</p>")


@dataclass(frozen=True)
class Practice:
    home: HomePage
    above: ConcernPage
    concern: ConcernPage
    therapy: TherapyPage
    open_therapy: TherapyPage
    dimension: ComparisonDimension
    image: PracticeImage
    article: InfoPage
    therapist: TherapistPage
    private: InfoPage


def make_practice() -> Practice:
    home = make_site()
    therapies, concerns = TherapyIndexPageFactory(parent=home), ConcernIndexPageFactory(parent=home)
    above = ConcernPageFactory(parent=concerns, title="Above", slug="above")
    concern = ConcernPageFactory(parent=above, title=f"Feeling {CONCERN}", slug="feeling")
    therapy = TherapyPageFactory(parent=therapies, title=f"Talking {THERAPY}", slug="talking")
    open_therapy = TherapyPageFactory(parent=therapies, title="Plain therapy", slug="plain")
    dimension = ComparisonDimensionFactory()
    open_therapy.values = [
        DimensionValue(dimension=dimension, short_value="Short", detail=f"Some {FACT} too")
    ]
    compared = {"heading": "", "therapies": [open_therapy, therapy], "dimensions": [], "overall": OVERALL}
    open_therapy.body = [PARAGRAPH, ("comparison", compared)]
    open_therapy.save_revision().publish()
    image = PracticeImageFactory(collection=Collection.get_first_root_node().add_child(name="Pictures"))
    link = {"page": concern, "label": LABEL}
    article = InfoPageFactory(
        parent=home,
        title="An article",
        slug="article",
        body=[
            PARAGRAPH,
            ("figure", {"image": image, "caption": f"So {CAPTION}"}),
            ("invitation", {"heading": "Go", "text": "On", "link": link}),
        ],
    )
    ways = {"heading": "Begin", "pages": [article], "all_of_them": concern, "all_of_them_label": LAST_LINK}
    home.body = [PARAGRAPH, ("ways_in", ways)]
    home.save_revision().publish()
    therapist = TherapistPageFactory(
        parent=TherapistIndexPageFactory(parent=home),
        title=f"Sample {NAME}",
        slug="sample",
        how_i_work=f"A {OWN}.",
    )
    TherapistConcernFactory(therapist=therapist, concern=concern)
    TherapistTherapyFactory(therapist=therapist, therapy=therapy)
    therapist.refresh_from_db()
    therapist.save_revision().publish()
    private = InfoPageFactory(parent=home, title="For members", slug="members")
    private.view_restrictions.create(restriction_type="login")
    return Practice(
        home, above, concern, therapy, open_therapy, dimension, image, article, therapist, private
    )
