"""Hears from the site what has changed, and has Varnish drop it.

It takes the site's webhooks (docs/api.md, "Webhooks"), checks their signature, and sends the surrogate keys
on as a PURGE request. It needs nothing of the site, only Python, so it may run wherever Varnish does.

WEBHOOK_SECRET  the secret of the endpoint, `whsec_…`; during a change two, separated by a space
PURGER_PORT     where it listens, on this machine only (8099)
VARNISH_PORT    where Varnish listens, on this machine (6081)
"""

import base64
import hmac
import json
import os
import re
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: In seconds. Older messages are refused, as the Standard Webhooks specification has it.
LONGEST_WAY = 300
#: In bytes. An event of many pages is a few hundred kilobytes.
LONGEST_MESSAGE = 5_000_000
#: How many keys go into one header, which Varnish takes up to 8 kB of.
MOST_KEYS = 100
KEY = re.compile(r"[\w.-]{1,100}")


def is_signed(secrets: list[str], headers: dict[str, str], body: bytes) -> bool:
    """Return whether the message is of the site and of now. `headers` by their lower-case names."""
    sent_at = headers.get("webhook-timestamp", "")
    if not (sent_at.isdecimal() and abs(time.time() - int(sent_at)) <= LONGEST_WAY):
        return False
    signed = f"{headers.get('webhook-id', '')}.{sent_at}.".encode() + body
    given = headers.get("webhook-signature", "").encode().split()
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        expected = b"v1," + base64.b64encode(hmac.digest(key, signed, "sha256"))
        if any(hmac.compare_digest(expected, one) for one in given):
            return True
    return False


def batches(keys: list[str]) -> Iterator[str]:
    """Yield the keys as values of headers."""
    named = [key for key in keys if KEY.fullmatch(key)]
    for start in range(0, len(named), MOST_KEYS):
        yield " ".join(named[start : start + MOST_KEYS])


def drop(keys: list[str], varnish_port: int) -> bool:
    """Have Varnish drop every answer with one of the keys. Return whether it did."""
    connection = HTTPConnection("127.0.0.1", varnish_port, timeout=4)
    try:
        for named in batches(keys):
            connection.request("PURGE", "/", headers={"xkey": named})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                return False
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


class Purger(BaseHTTPRequestHandler):
    timeout = 10

    def do_POST(self) -> None:
        self.send_response(self._status())
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _status(self) -> int:
        """Anything but a 2xx is sent again by the site, for about three days."""
        length = self.headers.get("content-length", "")
        if not (length.isdecimal() and int(length) <= LONGEST_MESSAGE):
            return 413
        body = self.rfile.read(int(length))
        headers = {name.lower(): value for name, value in self.headers.items()}
        if not is_signed(os.environ["WEBHOOK_SECRET"].split(), headers, body):
            return 401
        keys = json.loads(body).get("data", {}).get("keys", [])
        return 204 if drop(keys, int(os.environ.get("VARNISH_PORT", "6081"))) else 502


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PURGER_PORT", "8099"))), Purger).serve_forever()
