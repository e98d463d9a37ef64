"""Text blocks: headings, paragraphs, quotations and panels."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PARAGRAPH_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class HeadingBlock(blocks.CharBlock):
    """A section heading. The list of contents is made from these."""

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Starts a section; the list at the top of the page links to it")
        template = "components/streamfield/heading_block.html"
        preview_value = "What happens in a session"

    def section_title(self, value: str) -> str:
        return value


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists and links")
        template = "components/streamfield/paragraph_block.html"
        preview_value = "<p>The first meetings are for getting to know each other.</p>"


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("Quotation"), max_length=400)
    attribution = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Somebody's words, and whose they are")
        template = "components/streamfield/quote_block.html"
        preview_value = {"quote": "I felt listened to.", "attribution": "A client, with permission"}


class CalloutBlock(blocks.StructBlock):
    """A short aside: good to know, or something to be careful about."""

    tone = blocks.ChoiceBlock(
        label=_("Tone"),
        choices=[("note", _("Good to know")), ("caution", _("Be careful"))],
        default="note",
    )
    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        description = _("A panel for something worth knowing, or a caution")
        template = "components/streamfield/callout_block.html"
        preview_value = {
            "tone": "note",
            "heading": "You can change therapist",
            "text": "<p>If it does not feel right, tell us and we will look again.</p>",
        }


class CareCardBlock(blocks.StructBlock):
    """When to get help, and from whom. Never placed among a form's questions."""

    level = blocks.ChoiceBlock(
        label=_("How urgent"),
        choices=[
            ("soon", _("See someone soon")),
            ("urgent", _("Urgent: today")),
            ("emergency", _("Emergency: now")),
        ],
        default="urgent",
    )
    heading = blocks.CharBlock(
        label=_("Heading"), max_length=80, help_text=_("Say what to do: “Call 111 if:”.")
    )
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Care card")
        description = _("Tells a reader when to get help and where")
        template = "components/streamfield/care_card_block.html"
        preview_value = {
            "level": "urgent",
            "heading": "Call 111 if:",
            "text": "<ul><li>you need help today and it is not an emergency</li></ul>",
        }


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=160)
    answer = blocks.RichTextBlock(label=_("Answer"), features=SHORT_TEXT_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question and answer")
        description = _("One question and its answer")
        template = "components/streamfield/question_block.html"
        preview_value = {
            "question": "Do I need a referral?",
            "answer": "<p>No. You can write to us yourself.</p>",
        }


class QuestionsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80, default=_("Questions people ask"))
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1, max_num=12)

    class Meta:
        icon = "list-ul"
        label = _("Questions and answers")
        description = _("Common questions that open to show their answers")
        template = "components/streamfield/questions_block.html"
        preview_value = {
            "heading": "Questions people ask",
            "questions": [
                {
                    "question": "Do I need a referral?",
                    "answer": "<p>No. You can write to us yourself.</p>",
                }
            ],
        }

    def section_title(self, value: blocks.StructValue) -> str:
        return value["heading"]
