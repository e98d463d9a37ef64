"""A front end of the smallest kind, at an origin of its own: one page that shows what the API says."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PAGE = """<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Front end</title><meta name="description" content="A page"></head>
  <body>
    <main><h1></h1><p></p></main>
    <script>
      const given = new URLSearchParams(location.hash.slice(1) || location.search);
      const headers = given.has("token") ? { Authorization: `Bearer ${given.get("token")}` } : {};
      given.delete("token");
      history.replaceState(null, "", location.pathname);

      async function show() {
        const type = given.get("content_type");
        const answer = await fetch(`API/api/v2/page_preview/?content_type=${type}`, { headers });
        const draft = await answer.json();
        document.querySelector("h1").textContent = draft.title;
        document.querySelector("h1").dataset.editUrl = draft.meta.edit_urls.title;
        document.querySelector("p").textContent = draft.summary;
        const blocks = (draft.body ?? []).map((block) => {
          const section = document.createElement("section");
          section.dataset.editUrl = block.edit_url;
          section.innerHTML = typeof block.value === "string" ? block.value : block.type;
          return section;
        });
        document.querySelector("main").append(...blocks);
      }

      async function showBar() {
        const options = headers.Authorization ? { headers } : { credentials: "include" };
        const bar = await fetch(`API/userbar/?${given}`, options);
        if (bar.status === 200) {
          document.body.append(document.createRange().createContextualFragment(await bar.text()));
        }
      }

      (headers.Authorization ? show() : Promise.resolve()).then(showBar);
    </script>
  </body>
</html>
"""


class FrontEnd(ThreadingHTTPServer):
    """Its page says where the API is once `api` is set."""

    api = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), ShowPage)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class ShowPage(BaseHTTPRequestHandler):
    server: FrontEnd

    def do_GET(self) -> None:
        is_page = self.path.partition("?")[0] == "/"
        self.send_response(200 if is_page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if is_page:
            self.wfile.write(PAGE.replace("API", self.server.api).encode())

    def log_message(self, *args: object) -> None:
        """Nothing needs to be told of each request."""


@contextmanager
def running_front_end() -> Iterator[FrontEnd]:
    with FrontEnd() as front_end:
        Thread(target=front_end.serve_forever, daemon=True).start()
        yield front_end
        front_end.shutdown()
