"""The front end of the guide while the API is down, busy, cut off, and back again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from tests.api.starter import NODE, free_port, running_starter

RECORDED = Path(__file__).parent / "expected"
ANSWERS = {
    "/pages/find/": (RECORDED / "info_page.json").read_bytes(),
    "/site/": (RECORDED / "site.json").read_bytes(),
}


class FailingApi(ThreadingHTTPServer):
    """Answers what was recorded, or fails in the way that `failure` names."""

    failure: str | int | None = None
    #: Which requests fail.
    failing_path = "/"
    retry_after: str | None = None


class FailingHandler(BaseHTTPRequestHandler):
    server: FailingApi

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        failure = self.server.failure if path.startswith(self.server.failing_path) else None
        match failure:
            case "cut":
                self.close_connection = True
            case "cut in the middle":
                self._answer(200, ANSWERS[path][:100], length=len(ANSWERS[path]))
                self.close_connection = True
            case "no JSON":
                self._answer(200, b"<h1>Maintenance</h1>")
            case int():
                self._answer(failure, json.dumps({"status": failure}).encode())
            case _:
                self._answer(200, ANSWERS[path])

    def _answer(self, status: int, body: bytes, *, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length or len(body)))
        if self.server.retry_after:
            self.send_header("Retry-After", self.server.retry_after)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing needs to be told of each request."""


@contextmanager
def failing_api(port: int) -> Iterator[FailingApi]:
    with FailingApi(("127.0.0.1", port), FailingHandler) as server:
        Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.skipif(NODE is None, reason="Node is not installed.")
def test_it_answers_503_while_the_api_fails_and_recovers(tmp_path: Path) -> None:
    port = free_port()
    with running_starter(f"http://127.0.0.1:{port}", tmp_path) as address, httpx.Client() as browser:
        assert browser.get(address).status_code == 503, "The API is down."

        with failing_api(port) as api:
            assert "<h1>Fees</h1>" in browser.get(address).text
            for path in ("/pages/", "/site/"):
                api.failing_path = path
                for api.failure in ("cut", "cut in the middle", "no JSON", 400, 429, 500, 502, 503):
                    api.retry_after = "7" if api.failure in (429, 503) else None
                    answer = browser.get(address)
                    assert answer.status_code == 503, (path, api.failure)
                    assert answer.headers.get("Retry-After") == api.retry_after
                    assert answer.headers["Cache-Control"] == "no-store"
                    assert "nothing here" not in answer.text

            api.failing_path, api.failure, api.retry_after = "/pages/", 404, None
            assert browser.get(address).status_code == 404
            assert browser.get(address.replace("/therapies", "//")).status_code == 404
            api.failure = None
            assert browser.get(address).status_code == 200

        assert browser.get(address).status_code == 503, "It is down again."
