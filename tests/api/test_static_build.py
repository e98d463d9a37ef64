"""A static site is built from lists: they give all that its pages need, in a few requests."""

import pytest

MOST_REQUESTS = 25
SURROUNDINGS = "seo,parent,breadcrumbs,children"

pytestmark = pytest.mark.usefixtures("demo_site", "db")


class Build:
    """Everything of the site, as `docs/api.md` says how a build asks for it."""

    def __init__(self, client):
        self.client = client
        self.requests = 0
        self.site, self.paths = self.read("site/"), self.read("paths/")["items"]
        types = ",".join(sorted({row["type"] for row in self.paths}))
        self.pages = self.read_all(f"pages/?type={types}&fields=*,{SURROUNDINGS}")
        self.redirects = self.read_all("redirects/?fields=*")
        self.pairs = self.read("comparisons/?fields=table")["items"]
        self.form = self.read("matching/")

    def read(self, address):
        self.requests += 1
        response = self.client.get(f"/api/v2/{address}")
        assert response.status_code == 200, response.content
        return response.json()

    def read_all(self, address):
        rows, total = [], 1
        while len(rows) < total:
            answer = self.read(f"{address}&limit=50&offset={len(rows)}")
            rows, total = rows + answer["items"], answer["meta"]["total_count"]
        return rows


def test_lists_give_each_page_and_each_comparison_whole(client):
    build = Build(client)
    pages = {page["id"]: page for page in build.pages}

    assert build.requests <= MOST_REQUESTS
    assert pages.keys() == {row["id"] for row in build.paths}
    one_of_each = {row["type"]: row for row in build.paths}.values()
    for row in [*one_of_each, *build.paths[::7]]:
        assert pages[row["id"]] == client.get(f"/api/v2/pages/find/?html_path={row['path']}").json()
    assert len(build.pairs) > 20
    for pair in build.pairs[::9]:
        whole = client.get(pair["detail_url"]).json()
        assert whole == {name: value for name, value in pair.items() if name != "therapies"}
