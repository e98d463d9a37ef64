"""The demo and development serve the resized pictures, and no other file, however the path is written."""

import importlib
import threading
from http.client import HTTPConnection
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import clear_url_caches

import config.urls

pytestmark = pytest.mark.django_db

SECRET = b"for its reader alone"
WRONG = [
    "", ".", "..", "folder", "folder/", "nothing.webp",
    "../documents/letter.pdf", "%2e%2e/documents/letter.pdf", "..%2fdocuments%2fletter.pdf",
    "%2e%2e%2fdocuments/letter.pdf", "folder/../../documents/letter.pdf", "./../documents/letter.pdf",
    "..//documents/letter.pdf", "%252e%252e/documents/letter.pdf",
    "../original_images/portrait.jpg", "folder/%2e%2e/%2e%2e/original_images/portrait.jpg",
    "..\\documents\\letter.pdf", "..%5cdocuments%5cletter.pdf", "folder%5cinner.webp",
    "/etc/passwd", "%2fetc/passwd", "../../../../../../../../etc/passwd",
    "linked.pdf", "linked/letter.pdf", "loop",
    "%00", "shown.webp%00", "shown.webp%00.png", "..%00/documents/letter.pdf",
    "x" * 400, "x/" * 3000, "shown.webp/..", "%ff%fe", "%ED%A0%80.webp",
]  # fmt: skip


@pytest.fixture
def media(settings, tmp_path):
    """As a demo has it: originals and documents beside the resized pictures, and links between them."""
    files = {
        "images/shown.webp": b"a picture",
        "images/folder/inner.webp": b"another picture",
        "documents/letter.pdf": SECRET,
        "original_images/portrait.jpg": SECRET,
    }
    for name, content in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    images = tmp_path / "images"
    (images / "linked.pdf").symlink_to(tmp_path / "documents" / "letter.pdf")
    (images / "linked").symlink_to(tmp_path / "documents")
    (images / "loop").symlink_to(images / "loop")
    settings.MEDIA_ROOT, settings.SERVE_MEDIA = str(tmp_path), True
    routed_anew()
    yield tmp_path
    settings.SERVE_MEDIA = False
    routed_anew()


def routed_anew():
    clear_url_caches()
    importlib.reload(config.urls)


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def server(media):
    """A server on a socket of its own: it is sent paths as they are, and reads them itself."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)

    def run():
        server.serve_forever(poll_interval=0.05)
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_resized_picture_is_served(client, media):
    for name in ("shown.webp", "folder/inner.webp"):
        answer = client.get(f"/media/images/{name}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
        assert b"".join(answer) == Path(media, "images", name).read_bytes()


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path[:60])
def test_nothing_else_is(client, media, path):
    client.raise_request_exception = False
    for root in ("/media/images/", "/media/images/../images/", "/media//images/", "/media/./images/"):
        answer = client.get(root + path)
        assert answer.status_code == 404
        assert SECRET not in answer.content


@pytest.mark.parametrize("path", ["documents/letter.pdf", "original_images/portrait.jpg"])
def test_no_other_folder_is_served(client, media, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_a_real_server_gives_no_more(server):
    statuses = {}
    for path in ["shown.webp", *WRONG]:
        connection = HTTPConnection("127.0.0.1", server, timeout=10)
        connection.putrequest("GET", f"/media/images/{path}", skip_host=False)
        connection.endheaders()
        answer = connection.getresponse()
        statuses[path] = answer.status
        assert SECRET not in answer.read()
        connection.close()
    assert statuses.pop("shown.webp") == 200
    assert {path: status for path, status in statuses.items() if status != 404} == {}
