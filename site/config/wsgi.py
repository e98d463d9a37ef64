"""The entry point of WSGI servers. Run with `--pythonpath site` or PYTHONPATH=site."""

import gc
import os
from typing import cast
from wsgiref.types import WSGIApplication

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from core.caching.front_server import FrontServerWSGIMiddleware
from core.caching.wsgi_middleware import KeptAnswersWSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

# Its types do not tell that an answer of Django's can be read piece by piece.
django_application = cast(WSGIApplication, get_wsgi_application())
application = FrontServerWSGIMiddleware(KeptAnswersWSGIMiddleware(django_application))

# Before the first visitor, rather than for them.
get_resolver().url_patterns  # noqa: B018
# What is loaded stays as long as the process: to look through its 320,000 objects for garbage takes 0.2 s
# each time, for all threads. What answers leave is looked through in larger lots than Python's usual ones.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 5, 50)
