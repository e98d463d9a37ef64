"""Tells other front ends what changed, so that they can rebuild or purge. Drafts are never told."""
