"""One POST to an address that was checked: no redirect is followed, no proxy used, no answer read."""

import socket
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from threading import Timer
from urllib.parse import urlsplit

from core.webhooks.addresses import PORTS, resolve

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
    host = parts.hostname or ""
    try:
        addresses = resolve(url)
        connection = HTTPConnection(host, addresses[0][1])
        connection.default_port = PORTS[parts.scheme]
        with _reach(addresses, tls_name=host if parts.scheme == "https" else None) as sock:
            connection.sock = sock
            watch = Timer(ALL_SECONDS, _cut, [sock])
            watch.start()
            try:
                if isinstance(sock, ssl.SSLSocket):
                    sock.do_handshake()
                connection.request("POST", target, body, dict(headers))
                return connection.getresponse().status
            finally:
                watch.cancel()
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswer(type(error).__name__) from error


def _reach(addresses: Sequence[tuple[str, int]], tls_name: str | None) -> socket.socket:
    """The first that takes a connection. The handshake is left to whoever watches the time."""
    *others, last = addresses
    for address in others:
        with suppress(OSError):
            return _open(address, tls_name)
    return _open(last, tls_name)


def _open(address: tuple[str, int], tls_name: str | None) -> socket.socket:
    sock = socket.create_connection(address, STEP_SECONDS)
    if tls_name is None:
        return sock
    context = ssl.create_default_context()
    return context.wrap_socket(sock, server_hostname=tls_name, do_handshake_on_connect=False)


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):  # the other side was quicker
        sock.shutdown(socket.SHUT_RDWR)
