"""Components of enquiries for the style guide, with made-up values."""

from types import SimpleNamespace

from core.styleguide.registry import show_component
from therapists.enquiries.public.introduction import ProposalForm

show_component(
    "What somebody looks for",
    "components/enquiry_answers.html",
    {
        "": lambda: {
            "concerns": [SimpleNamespace(label="Grief and loss"), SimpleNamespace(label="Trouble sleeping")],
            "described": [SimpleNamespace(question="Ways to meet", answer="Video")],
            "message": "It has been a hard year.",
        }
    },
)

show_component(
    "Times that a therapist proposes",
    "components/proposal_form.html",
    {
        "": lambda: {"form": ProposalForm(), "csrf_token": ""},
        "With nothing filled in": lambda: {"form": ProposalForm({}), "csrf_token": ""},
    },
)
