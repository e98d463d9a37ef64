"""Clients that are slow."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

#: Who reads it waits for the rest of the body.
HALF_A_REQUEST = (
    b"POST /api/v2/enquiries/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Idempotency-Key: 0b6a5a0e-0b6a-4a0e-8b6a-0b6a5a0e0b6a\r\nContent-Length: 20000\r\n\r\n" + b" " * 8000
)


@contextmanager
def slow_reader(port: int) -> Iterator[ssl.SSLSocket]:
    """A client that reads nothing of what it asks for."""
    with socket.socket() as plain:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plain.connect(("127.0.0.1", port))
        with ssl._create_unverified_context().wrap_socket(plain, server_hostname="localhost") as reader:
            yield reader
