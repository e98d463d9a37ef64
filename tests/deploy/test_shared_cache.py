"""The recipe of `deploy/varnish`: what is published is seen within a second, and all else stays kept."""

import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path
from socketserver import UnixStreamServer
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from tests.deploy.absence import expect_where_to_ring
from tests.deploy.front_servers import VARNISH, varnish_command
from tests.deploy.processes import Deployment, free_port
from tests.deploy.test_deployment import wait_until

pytestmark = [
    pytest.mark.deployment,
    pytest.mark.skipif(VARNISH is None, reason="Varnish is not installed."),
]
PASSWORD = "steady-lantern-of-this-test"
#: In seconds: longer than Varnish remembers that an answer may not be kept, as one made during a change.
AGAIN = 90
#: What says nothing of the page that is changed.
OTHERS = [
    "/api/v2/dimensions/",
    "/api/v2/references/",
    "/api/v2/therapists/?fields=_,title",
    "/api/v2/problems/",
]


@pytest.fixture(scope="module")
def cache(deployment: Deployment) -> Iterator[httpx.Client]:
    """Varnish, as the front server asks it."""
    from_the_front_server = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7"}
    address = f"http://localhost:{deployment.varnish}"
    headers = from_the_front_server | {"host": f"localhost:{deployment.https}"}
    with httpx.Client(base_url=address, headers=headers, timeout=30) as client:
        yield client


@pytest.fixture
def desk(deployment: Deployment) -> Iterator[httpx.Client]:
    """A reviewer, who is logged in through the front server."""
    with psycopg.connect(deployment.database_url) as database:  # the demo's password is hashed for tests only
        hashed = PBKDF2PasswordHasher().encode(PASSWORD, "salt-of-a-test", iterations=1000)
        database.execute("UPDATE auth_user SET password = %s WHERE username = 'reviewer'", [hashed])
    with httpx.Client(base_url=deployment.url, verify=False, timeout=60, follow_redirects=True) as client:
        send(client, "/admin/login/", "form", username="reviewer", password=PASSWORD)
        assert urlsplit(str(client.get("/admin/").url)).path == "/admin/"
        yield client


def send(client: httpx.Client, address: str, form: str, **changes: str) -> None:
    """Fill in a form as a browser has it, and send it."""
    answer = client.get(address)
    found = BeautifulSoup(answer.text, "html.parser").select_one(form)
    assert found is not None, answer.text
    sent = {}
    for field in found.select("input[name], textarea[name], select[name]"):
        chosen = field.select_one("option[selected]")
        is_off = field.get("type") in ("checkbox", "radio") and not field.has_attr("checked")
        if not is_off and field.get("type") != "file":
            sent[field["name"]] = (chosen["value"] if chosen else field.get("value")) or field.get_text()
    answer = client.post(address, data=sent | changes, headers={"referer": str(answer.url)})
    assert answer.status_code == 200, answer.text


def states(cache: httpx.Client, addresses: list[str]) -> list[str]:
    return [cache.get(address).headers["x-cache"] for address in addresses]


def are_kept(cache: httpx.Client, addresses: list[str]) -> bool:
    return set(states(cache, addresses)) == {"hit"}


def test_what_is_published_is_seen_and_the_rest_stays_kept(cache: httpx.Client, desk: httpx.Client) -> None:
    page = cache.get("/api/v2/pages/find/?html_path=/therapies/").json()
    shown = ["/therapies/", f"/api/v2/pages/{page['id']}/", "/api/v2/paths/"]
    wait_until(lambda: are_kept(cache, [*shown, *OTHERS]), AGAIN)

    send(
        desk,
        f"/admin/pages/{page['id']}/edit/",
        "form#page-edit-form",
        title="Talking therapies, renamed",
        **{"action-publish": "action-publish", "groups-count": "0"},  # a script counts the groups
    )

    wait_until(lambda: cache.get(shown[1]).json()["title"] == "Talking therapies, renamed", 60)
    assert states(cache, shown)[::2] == ["miss", "miss"]
    wait_until(lambda: "Talking therapies, renamed" in cache.get(shown[0]).text, 2)
    assert are_kept(cache, OTHERS)
    wait_until(lambda: are_kept(cache, shown), AGAIN)


def test_visitors_see_no_keys_and_drop_nothing(deployment: Deployment, cache: httpx.Client) -> None:
    assert "xkey" not in cache.get("/therapies/").headers
    assert cache.request("PURGE", "/", headers={"xkey": "all"}).status_code == 403
    forged = {"webhook-id": "1", "webhook-timestamp": "1", "webhook-signature": "v1,forged"}
    answer = httpx.post(
        f"http://localhost:{deployment.purger}/", json={"data": {"keys": ["all"]}}, headers=forged
    )
    assert answer.status_code == 401
    assert states(cache, ["/therapies/"]) == ["hit"]


def test_what_is_of_one_person_is_kept_for_nobody(cache: httpx.Client) -> None:
    for _twice in range(2):
        assert cache.get("/therapies/", headers={"cookie": "sessionid=k"}).headers["x-cache"] == "miss"
        assert cache.get("/find-a-therapist/").headers["x-cache"] == "miss"
        assert cache.get("/therapists/?concern=grief").headers["x-cache"] == "miss"
        assert cache.get("/api/v2/matching/").headers["x-cache"] == "miss"


def test_while_the_site_is_away_visitors_read_where_to_ring(
    deployment: Deployment, cache: httpx.Client
) -> None:
    with deployment.without_the_site():
        expect_where_to_ring(cache, 503)
    wait_until(lambda: cache.get("/find-a-therapist/").status_code == 200, 30)


class Brief(BaseHTTPRequestHandler):
    """Stands for the site: counts its answers, each of which may be kept for a second."""

    answers = count(1)

    def do_GET(self) -> None:
        body = str(next(self.answers)).encode()
        self.send_response(200)
        self.send_header("Cache-Control", "public, s-maxage=1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def address_string(self) -> str:
        return "a socket"


def test_nothing_is_given_after_its_time(tmp_path: Path) -> None:
    port = free_port()

    def asked() -> str:
        return httpx.get(f"http://127.0.0.1:{port}/").raise_for_status().text

    def answers() -> bool:
        with suppress(httpx.HTTPError):
            return asked() == "1"
        return False

    with UnixStreamServer(str(tmp_path / "web.sock"), Brief) as site, ThreadPoolExecutor(1) as beside:
        beside.submit(site.serve_forever)
        varnish = subprocess.Popen(varnish_command(tmp_path, port), stderr=subprocess.DEVNULL)
        try:
            wait_until(answers, 30)
            time.sleep(1.5)
            assert asked() == "2"
        finally:
            varnish.terminate()
            varnish.wait(30)
            site.shutdown()


def test_each_visitor_is_counted_by_their_own_address(cache: httpx.Client) -> None:
    def search(address: str) -> int:
        return cache.get("/api/v2/search/?query=grief", headers={"x-forwarded-for": address}).status_code

    assert [search("203.0.113.20") for _each in range(6)] == [200] * 5 + [429]
    assert search("203.0.113.21") == 200
