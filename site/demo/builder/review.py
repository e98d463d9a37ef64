from demo.builder.files import Record
from demo.builder.snippets import reviewer


def review_fields(content: Record) -> Record:
    """Who read the page, and when: the fields that all reviewed pages share."""
    review = content.get("review", {})
    return {
        "reviewer": reviewer(review.get("reviewer")),
        "last_reviewed": review.get("last_reviewed"),
        "next_review_due": review.get("next_review_due"),
    }
