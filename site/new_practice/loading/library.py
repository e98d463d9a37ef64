"""Therapies, concerns, comparisons, and the sources and explained words that they rest on."""

from new_practice.loading.concerns import create_concern_drafts, publish_concerns
from new_practice.loading.content_files import ContentFolder
from new_practice.loading.snippets import build_glossary, build_references, build_reviewers
from new_practice.loading.stream_content import ContentWriter
from new_practice.loading.therapies import build_comparisons, create_therapy_drafts, publish_therapies
from therapies.models import ConcernIndexPage, TherapyIndexPage


def load_library(
    content: ContentFolder, therapies: TherapyIndexPage, concerns: ConcernIndexPage, writer: ContentWriter
) -> None:
    """Store the library: published with its reviewers, or as drafts for the practice's own clinician."""
    if not content.is_unsigned:
        build_reviewers(content)
    build_references(content)
    build_glossary(content)
    create_concern_drafts(content, concerns)
    create_therapy_drafts(content, therapies)
    publish_concerns(content, writer)
    publish_therapies(content, writer)
    build_comparisons(content, therapies, writer)
