"""Cache headers and surrogate keys for the shared caches in front of the site."""
