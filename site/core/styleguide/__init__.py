"""The style guide: every component and block in every state."""

from functools import partial

from core.blocks.sections import name_sections
from core.blocks.text import CalloutBlock, CareCardBlock
from core.link_resolver import Link
from core.styleguide import examples
from core.styleguide.registry import show_block, show_component

show_component("Buttons", "styleguide/buttons.html", {"": dict})
show_component("Words", "styleguide/words.html", {"": dict})
show_component("Colours", "styleguide/colours.html", {"": dict})
show_component(
    "Breadcrumbs",
    "components/breadcrumbs.html",
    {"": lambda: {"links": [Link("/", "Home"), Link("/therapies/", "Therapies")]}},
)
show_component(
    "Card",
    "components/card.html",
    {
        "with a summary": lambda: {
            "url": "#",
            "title": "Interpersonal therapy",
            "text": "Works on the relationships around you now.",
        },
        "with a note": lambda: {"url": "#", "title": "Grief and loss", "note": "Concern"},
    },
)
show_component(
    "Chip",
    "components/chip.html",
    {
        "plain": lambda: {"url": "#", "text": "Grief and loss"},
        "specialism": lambda: {"url": "#", "text": "Grief and loss", "tone": "specialism"},
        "not taken": lambda: {"url": "#", "text": "Grief and loss", "tone": "does_not_take"},
    },
)
show_component(
    "Filter chip",
    "components/filter_chip.html",
    {"": lambda: {"url": "#", "legend": "When you are free", "text": "Evenings"}},
)
show_component(
    "Errors of a form", "components/error_summary.html", {"": lambda: {"form": examples.refused_form()}}
)
for field in examples.ExampleForm.base_fields:
    show_component(
        f"Form: {field}",
        "components/form_field.html",
        {
            "empty": partial(examples.empty_field, field),
            "with an error": partial(examples.refused_field, field),
        },
    )
show_component(
    "On this page",
    "components/on_this_page.html",
    {"": lambda: {"sections": name_sections(["What you tell us", "Who reads it"])}},
)
show_component("Pagination", "components/pagination.html", {"": lambda: {"page": examples.middle_page()}})
show_component(
    "Portrait",
    "components/portrait.html",
    {"without a picture": lambda: {"image": None, "name": "Amara", "role": "portrait_card"}},
)
show_component(
    "Reasons and cautions",
    "components/reasons.html",
    {
        "": lambda: {
            "name": "Amara",
            "reasons": ["Specialises in grief and loss, your main concern", "Free on Tuesday evenings"],
            "cautions": ["£5 above your stated £60"],
        }
    },
)
show_component(
    "Review, folded",
    "components/folded_review.html",
    {"": lambda: {"page": examples.reviewed_page(), "email": "practice@example.org"}},
)
show_component(
    "Review",
    "components/review_line.html",
    {"": lambda: {"page": examples.reviewed_page(), "email": "practice@example.org"}},
)
for drawing in (
    "two_chairs",
    "open_door",
    "two_cups",
    "night_window",
    "letter",
    "bookshelf",
    "garden_path",
    "armchair",
    "mirror",
    "branches",
):
    show_component(f"Drawing: {drawing.replace('_', ' ')}", f"components/drawings/{drawing}.html", {"": dict})
show_component(
    "Report a problem",
    "components/report_problem.html",
    {"": lambda: {"email": "practice@example.org", "address": "https://example.org/fees/"}},
)

show_block(
    CalloutBlock(label="Callout"),
    {
        "note": lambda: {"tone": "note", "heading": "You can change therapist", "text": "<p>Tell us.</p>"},
        "caution": lambda: {"tone": "caution", "heading": "Not for emergencies", "text": "<p>Call 999.</p>"},
    },
)
show_block(
    CareCardBlock(label="Care card"),
    {
        level: partial(dict, level=level, heading="Call 111 if:", text="<p>It cannot wait.</p>")
        for level in ("soon", "urgent", "emergency")
    },
)
