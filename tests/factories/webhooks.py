"""Other front ends that hear of changes, and a receiver that really listens."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import factory
from factory.django import DjangoModelFactory

from core.webhooks.enums import CHOICES
from core.webhooks.models import Endpoint, Event


class EndpointFactory(DjangoModelFactory):
    name = "The app"
    url = "https://app.example.org/hook"
    events = factory.LazyFunction(lambda: [kind for kind, _label in CHOICES])

    class Meta:
        model = Endpoint
        skip_postgeneration_save = True

    @factory.post_generation
    def secret(self, create: bool, extracted: object, **kwargs: object) -> None:
        self.new_secret()


class Received:
    def __init__(self, path: str, headers: dict[str, str], body: bytes) -> None:
        self.path, self.headers, self.body = path, headers, body


class Receiver:
    """Answers with the next of `answers`, then with 200; each a status, or a function of the handler."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answers: list = []
        self.url = ""


@contextmanager
def listening(context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """With a `context`, over TLS."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.received.append(Received(self.path, headers, body))
            answer = receiver.answers.pop(0) if receiver.answers else 200
            if callable(answer):
                answer(self)
                return
            self.send_response(answer)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(b"words that nobody keeps")

        def log_message(self, *args: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        receiver.url = f"http{'s' if context else ''}://localhost:{server.server_port}/hook"
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield receiver
        server.shutdown()


def events() -> list[Event]:
    return list(Event.objects.order_by("created_at"))
