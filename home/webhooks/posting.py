"""One POST to an address that was checked: no redirect is followed, no proxy used, no answer read."""

import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import urlsplit

from home.webhooks.addresses import resolve

#: For each step: to connect, to send, to hear.
STEP_SECONDS = 5
#: For all of them, so that no one who answers drop by drop holds up a worker.
ALL_SECONDS = 15


class NoAnswer(Exception):
    """Says the kind of error, never the other side's words."""


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer. Raises AddressRefused or NoAnswer."""
    parts = urlsplit(url)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        address = resolve(url)
        with _connect(parts.scheme, parts.hostname or "", address) as sock:
            connection = (HTTPSConnection if parts.scheme == "https" else HTTPConnection)(
                parts.hostname or "", parts.port
            )
            connection.sock = sock
            watch = Timer(ALL_SECONDS, _cut, [sock])
            watch.start()
            try:
                connection.request("POST", target, body, dict(headers))
                return connection.getresponse().status
            finally:
                watch.cancel()
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswer(type(error).__name__) from error


def _connect(scheme: str, host: str, address: tuple[str, int]) -> socket.socket:
    sock = socket.create_connection(address, STEP_SECONDS)
    if scheme == "http":
        return sock
    try:
        return ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    except BaseException:
        sock.close()
        raise


def _cut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was quicker
