"""A suggestion for the style guide. The therapist is made up."""

from typing import Any

from core.styleguide.registry import show_component
from therapists.matching.form.steps import ChoiceForm, FormChoices
from therapists.models import TherapistPage
from therapists.styleguide import therapist


def suggestion(chosen: str = "", own_sentence: str = "") -> dict[str, Any]:
    somebody: TherapistPage = therapist("sam")
    somebody.own_sentence = own_sentence
    somebody.summary = "I work with people after a loss."
    form = ChoiceForm(
        initial={"choice": chosen}, choices=FormChoices(concerns=(), therapies=(), languages=()), wordings={}
    )
    form.set_therapists(lambda: [("1", somebody.title)])
    return {
        "suggestion": {
            "box": next(iter(form["choice"])),
            "therapist": somebody,
            "fee": "£60",
            "reduced_fee": "£40",
            "reasons": ["Specialises in grief and loss, your main concern."],
            "cautions": ["£5 above your stated £55."],
            "was_asked_about": bool(chosen),
        }
    }


show_component(
    "Choice",
    "components/matching/chosen.html",
    {
        "of several": lambda: {"suggestions": [suggestion()["suggestion"]]},
        "where nobody fits": lambda: {"suggestions": []},
    },
)
show_component(
    "Suggestion",
    "components/matching/suggestion.html",
    {
        "with their own sentence": lambda: suggestion(own_sentence="There is time here."),
        "asked about and chosen, without one": lambda: suggestion(chosen="1"),
    },
)
