"""Ends with an error where the site in this container does not answer. For a container's health check."""

import os
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

# As the front server would ask: for the site's own host, over HTTPS.
headers = {"Host": urlsplit(os.environ["BASE_URL"]).netloc, "X-Forwarded-Proto": "https"}
address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/healthz"
urlopen(Request(address, headers=headers), timeout=3).close()
