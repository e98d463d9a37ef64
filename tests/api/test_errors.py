import pytest


@pytest.mark.parametrize(
    ("address", "status", "kind", "named"),
    [
        ("pages/?colour=red", 400, "unknown-parameter", "colour"),
        ("pages/1/?limit=1", 400, "unknown-parameter", "limit"),
        ("pages/?limit=51", 400, "invalid-parameter", "limit"),
        ("pages/?offset=99999999999999999999999", 400, "invalid-parameter", "offset"),
        ("pages/?search_operator=x&search=a", 400, "invalid-parameter", "search_operator"),
        ("pages/?search=%00", 400, "invalid-parameter", "search"),
        ("pages/?first_published_at_after=zz", 400, "invalid-parameter", "first_published_at"),
        ("pages/?type=auth.User", 400, "invalid-parameter", "type"),
        ("pages/?show_in_menus=maybe", 400, "invalid-parameter", "show_in_menus"),
        ("therapists/?accepts_clients=yes", 400, "invalid-parameter", "accepts_clients"),
        ("pages/?child_of=zz", 400, "invalid-parameter", "child_of"),
        ("pages/?order=owner", 400, "invalid-parameter", "order"),
        ("pages/?fields=owner", 400, "invalid-parameter", "fields"),
        ("pages/?fields=title(*)", 400, "invalid-parameter", "fields"),
        ("pages/999999999/", 404, "not-found", None),
        ("nothing/here/", 404, "not-found", None),
    ],
)
def test_errors_say_what_is_wrong(client, home, address, status, kind, named):
    response = client.get(f"/api/v2/{address}")
    problem = response.json()

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert problem["type"] == f"http://testserver/api/v2/problems/{kind}/"
    assert problem["status"] == status
    assert list(problem.get("errors", {})) == ([named] if named else [])
    assert client.get(problem["type"]).json()["title"] == problem["title"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_content_cannot_be_written(client, home, method):
    response = getattr(client, method)("/api/v2/pages/")

    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert "GET" in response["Allow"]


def test_an_error_of_ours_gives_no_detail_away(client, home, monkeypatch):
    from core.content_api.endpoints.pages import PagesAPIViewSet

    def fail(view):
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(PagesAPIViewSet, "get_queryset", fail)
    client.raise_request_exception = False

    response = client.get("/api/v2/pages/")

    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert "secret" not in response.content.decode()


def test_times_of_any_zone_can_be_asked_for(client, home):
    """The database itself refuses zones so far from UTC."""
    response = client.get("/api/v2/pages/?first_published_at_before=4364-03-18T20:31:06-21:17")

    assert response.status_code == 200


def test_a_time_before_all_times_is_refused(client, home):
    response = client.get("/api/v2/pages/?first_published_at_after=0001-01-01T00:00%2B02")

    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["first_published_at"]


@pytest.mark.parametrize(
    "address", ["/api/", "/api/v1/", "/api/v3/pages/", "/api/v2/nothing.txt/", "/api/x%0A/"]
)
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_whatever_is_below_the_api_is_told_as_a_problem(client, home, address, method):
    response = getattr(client, method)(address)

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["key"] == "not-found"


@pytest.mark.parametrize("address", ["pages", "pages/find?html_path=/&fields=_", "nothing", "../v1"])
def test_an_address_without_its_slash_leads_to_the_one_with_it(client, home, address):
    path, _, query = address.partition("?")
    right = f"/api/v2/{path}/?{query}" if query else f"/api/v2/{path}/"

    for method in (client.get, client.head):
        response = method(f"/api/v2/{address}")
        assert (response.status_code, response["Location"]) == (301, right)


def test_what_is_sent_to_an_address_without_its_slash_is_not_sent_on(client, home):
    """Clients would follow with a GET, and believe that their enquiry was sent."""
    response = client.post("/api/v2/enquiries", {}, content_type="application/json")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
