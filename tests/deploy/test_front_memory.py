"""What nginx keeps of public answers: for how long, of what, and for whom."""

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest

from tests.deploy.processes import Deployment

pytestmark = pytest.mark.deployment


def test_a_change_shows_within_two_seconds(deployment: Deployment, visitor: httpx.Client) -> None:
    assert "Changed name" not in visitor.get("/").text
    with psycopg.connect(deployment.database_url) as database:
        database.execute("UPDATE home_practicesettings SET practice_name = 'Changed name'")
    time.sleep(2)
    assert "Changed name" in visitor.get("/").text


def test_what_was_withdrawn_is_given_to_nobody_however_many_ask(
    deployment: Deployment, visitor: httpx.Client, database: psycopg.Connection
) -> None:
    withdrawn = ["/concerns/panic/", "/api/v2/pages/find/?html_path=/concerns/panic/"]

    def set_live(is_live: bool) -> None:
        database.execute("UPDATE wagtailcore_page SET live = %s WHERE slug = 'panic'", [is_live])
        time.sleep(2)

    def ask(address: str) -> int:
        return httpx.get(deployment.url + address, verify=False, follow_redirects=True).status_code

    assert [ask(address) for address in withdrawn] == [200, 200]
    set_live(False)
    try:
        with ThreadPoolExecutor(16) as crowd:
            for _again in range(3):
                assert set(crowd.map(ask, withdrawn * 8)) == {404}
    finally:
        set_live(True)


def test_what_is_kept_in_front_is_made_anew_each_second(
    deployment: Deployment, visitor: httpx.Client
) -> None:
    def asked() -> float:
        return sum(deployment.numbers(r"practice_kept_answers_total\{.*\} (.*)"))

    visitor.get("/concerns/")
    before, until = asked(), time.monotonic() + 4
    while time.monotonic() < until:
        assert visitor.get("/concerns/").status_code == 200
        time.sleep(0.02)
    assert 4 <= asked() - before <= 8


@pytest.mark.parametrize(
    "path", ["/search/?query=", "/no-such-page-as-", "/api/v2/pages/find/?html_path=/no/"]
)
def test_nobody_waits_for_others_who_ask_for_what_is_not_kept(visitor: httpx.Client, path: str) -> None:
    def seconds(address: str) -> float:
        return visitor.get(address).elapsed.total_seconds()

    seconds(f"{path}sleep/")  # the first has to make what they all share
    with ThreadPoolExecutor(16) as crowd:
        assert max(crowd.map(seconds, [f"{path}grief/"] * 16)) < 3


@pytest.mark.parametrize("path", ["/", "/therapists/", "/sitemap.xml", "/robots.txt", "/api/v2/site/"])
def test_what_is_kept_in_front_differs_by_nothing_that_is_not_in_its_key(
    visitor: httpx.Client, path: str
) -> None:
    known = {"cookie", "accept-encoding"} | ({"accept", "origin"} if path.startswith("/api/") else set())
    varies = {name.strip().lower() for name in visitor.get(path).headers.get("vary", "").split(",")}
    assert varies - {""} <= known


def test_what_is_kept_in_front_is_given_only_to_whoever_asked_for_its_form(visitor: httpx.Client) -> None:
    def encoding(accepted: str, path: str) -> str:
        return visitor.get(path, headers={"accept-encoding": accepted}).headers.get("content-encoding", "")

    assert [encoding(accepted, "/fees/") for accepted in ("gzip", "identity", "gzip, br")] == [
        "gzip",
        "",
        "gzip",
    ]
    site = "/api/v2/site/"
    statuses = [visitor.get(site, headers={"accept": wanted}).status_code for wanted in ("*/*", "text/html")]
    assert statuses == [200, 406]
