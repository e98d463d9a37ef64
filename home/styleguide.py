"""What the style guide shows of the front page, urgent help, glossary terms and the footer."""

from datetime import date
from types import SimpleNamespace

from core.styleguide.registry import show_block, show_component, show_every_block
from home.blocks import FrontPageStoryBlock, InfoStoryBlock
from home.glossary.marking import Term
from home.models.settings import FooterGroupBlock
from home.models.urgent_help import HelpLineBlock


def crisis_help() -> SimpleNamespace:
    return SimpleNamespace(
        heading="Get help now",
        introduction="Calls and texts to these services are free.",
        help_lines=[],
        checked_on=date(2026, 11, 2),
    )


show_component("Help now", "components/help_now.html", {"": lambda: {"crisis": crisis_help()}})
show_component(
    "Words that are explained",
    "components/term_meanings.html",
    {"closed": lambda: {"terms": [Term("word-example", "trial", ("trial",), "A study that compares.")]}},
)
show_block(HelpLineBlock(label="Help line"))
show_block(FooterGroupBlock(label="Group of links at the foot"))
show_every_block(FrontPageStoryBlock())
show_block(InfoStoryBlock().child_blocks["fees"])
