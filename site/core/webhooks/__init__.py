"""Webhooks: tell other front ends what changed in public, for them to rebuild or purge. Never of drafts."""
