"""What visitors are given by a front server while the site itself does not answer."""

import httpx

from tests.deploy.processes import DEPLOY

AWAY = (DEPLOY / "away.html").read_text()
REQUESTS = (
    ("GET", "/enquiries/canary/"),
    ("GET", "/search/?query=canary"),
    ("HEAD", "/find-a-therapist/"),
    ("POST", "/find-a-therapist/"),
)


def expect_where_to_ring(client: httpx.Client, status: int = 502) -> None:
    for method, path in REQUESTS:
        away = client.request(method, path, headers={"referer": "https://localhost/canary"})
        assert (away.status_code, away.headers["cache-control"]) == (status, "no-store"), (method, path)
        assert away.text == ("" if method == "HEAD" else AWAY), (method, path)
