"""The words of a page, as a digest: a review is of these words, and of no others.

Words are whatever a reader is told: texts, facts, evidence and their sources. Where a page stands, when it is
published and what Wagtail notes of drafts are none.
"""

import hashlib
import json
import re
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page

from core.reviews.review_lines import REVIEW_FIELDS

#: What Wagtail keeps of every page, but for what visitors and search engines read.
NOT_WORDS = (
    {field.name for field in Page._meta.local_fields} - {"title", "seo_title", "search_description"}
) | {*REVIEW_FIELDS, "public_words", "kind_of_change", "page_ptr", COMMENTS_RELATION_NAME}
#: What the database and the editor call a row or a block, though no word of it changes.
NAMES_OF_ROWS = {"pk", "id", "sort_order"}
#: The editor gives each paragraph a key as it is first saved.
KEY_OF_PARAGRAPH = re.compile(r' data-block-key="[^"]*"')


def words_digest(page: Page) -> str:
    """Return the digest of the words of a page or a draft with its child rows."""
    said = {name: value for name, value in page.serializable_data().items() if name not in NOT_WORDS}
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            said[field.name] = [block.get_prep_value() for block in getattr(page, field.name)]
    for relation in get_all_child_relations(type(page)):
        rows = said.get(relation.get_accessor_name(), [])
        said[relation.get_accessor_name()] = [_without(row, relation.field.name) for row in rows]
    text = json.dumps(_plain(said), sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def _without(row: dict[str, Any], parent: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != parent}


def _plain(value: Any) -> Any:
    """Leave out the names of rows and blocks, and order what has no order: ids of related records."""
    if isinstance(value, str):
        return KEY_OF_PARAGRAPH.sub("", value)
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items() if name not in NAMES_OF_ROWS}
    if isinstance(value, list | tuple):
        inner = [_plain(one) for one in value]
        return sorted(inner) if inner and all(isinstance(one, int) for one in inner) else inner
    return value
