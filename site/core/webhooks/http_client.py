"""POST to an address that was checked: follows no redirect, uses no proxy, reads no body of the answer."""

import socket
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from threading import Timer
from urllib.parse import urlsplit

from core.webhooks.addresses import PORTS, resolve

#: Timeout of each step: connecting, sending, receiving.
STEP_SECONDS = 5
#: Timeout of all steps together, so that a receiver that answers byte by byte cannot hold up a worker.
ALL_SECONDS = 15


class NoAnswer(Exception):
    """No answer came. The message is the kind of error, never the other side's words."""


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Return the status of the answer. Raise AddressRefused or NoAnswer."""
    parts = urlsplit(url)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    host = parts.hostname or ""
    try:
        addresses = resolve(url)
        connection = HTTPConnection(host, addresses[0][1])
        connection.default_port = PORTS[parts.scheme]
        with _connect(addresses, tls_name=host if parts.scheme == "https" else None) as sock:
            connection.sock = sock
            watch = Timer(ALL_SECONDS, _shut_down, [sock])
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


def _connect(addresses: Sequence[tuple[str, int]], tls_name: str | None) -> socket.socket:
    """Connect to the first address that answers. The TLS handshake is left to `post`, within its time."""
    *others, last = addresses
    for address in others:
        with suppress(OSError):
            return _open_socket(address, tls_name)
    return _open_socket(last, tls_name)


def _open_socket(address: tuple[str, int], tls_name: str | None) -> socket.socket:
    sock = socket.create_connection(address, STEP_SECONDS)
    if tls_name is None:
        return sock
    context = ssl.create_default_context()
    return context.wrap_socket(sock, server_hostname=tls_name, do_handshake_on_connect=False)


def _shut_down(sock: socket.socket) -> None:
    with suppress(OSError):  # the other side closed it first
        sock.shutdown(socket.SHUT_RDWR)
