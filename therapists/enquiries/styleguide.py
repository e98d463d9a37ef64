"""Components of enquiries for the style guide, with made-up values."""

from types import SimpleNamespace

from core.styleguide.registry import show_component
from therapists.enquiries.lapses import Lapse
from therapists.enquiries.models import ConsultationOutcome, OutcomeReport
from therapists.enquiries.public.introduction import ProposalForm
from therapists.enquiries.public.offer_forms import StepBackForm
from therapists.enquiries.public.outcome_form import OutcomeForm

show_component(
    "What somebody looks for",
    "components/enquiry_answers.html",
    {
        "": lambda: {
            "concerns": ["Grief and loss", "Trouble sleeping"],
            "described": [SimpleNamespace(question="Ways to meet", answer="Video")],
            "message": "It has been a hard year.",
        }
    },
)

show_component(
    "Times that a therapist proposes",
    "components/proposal_form.html",
    {
        "": lambda: {"form": ProposalForm("America/New_York"), "csrf_token": ""},
        "With nothing filled in": lambda: {"form": ProposalForm("Europe/London", {}), "csrf_token": ""},
    },
)

show_component(
    "What keeps a therapist from being introduced",
    "components/lapses.html",
    {"": lambda: {"lapses": [lapse.to_therapist for lapse in Lapse]}},
)

show_component(
    "A way back after a yes",
    "components/step_back.html",
    {"": lambda: {"form": StepBackForm(), "action": "", "csrf_token": ""}},
)


show_component(
    "What became of an introduction",
    "components/outcome_form.html",
    {
        "": lambda: {
            "form": OutcomeForm(list(ConsultationOutcome)),
            "action": "",
            "csrf_token": "",
        },
        "Once it is said": lambda: {"said": OutcomeReport(outcome=ConsultationOutcome.MET), "action": ""},
        "Where the two differ": lambda: {
            "said": OutcomeReport(outcome=ConsultationOutcome.MET),
            "accounts_differ": True,
            "action": "",
        },
    },
)
