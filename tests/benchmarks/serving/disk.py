"""An nginx that gives our answers as files, with the headers that they came with: the same bytes."""

import os

import httpx

from tests.benchmarks.serving.addresses import ROWS, Row
from tests.benchmarks.serving.load import HEADERS, Server, answer_as_sent
from tests.deploy.front_servers import NGINX, self_signed
from tests.deploy.processes import Deployment, free_port

#: It writes these itself.
NGINX_WRITES = frozenset({"connection", "content-length", "content-type", "date", "etag", "server"})


def disk_server(site: Deployment, ours: Server) -> Server:
    """Put what our site answers now on disk, and start an nginx that gives it."""
    folder = site.folder / "disk"
    folder.mkdir()
    locations = []
    for row in ROWS:
        headers, body = answer_as_sent(ours.url + row.path, HEADERS)
        (folder / path_on_disk(row)[1:]).write_bytes(body)
        locations.append(_location(row, headers))
    certificate, key = self_signed(site.folder)
    port = free_port()
    configuration = site.folder / "disk.conf"
    configuration.write_text(f"""
        daemon off; worker_processes 1; pid {site.folder}/disk.pid; error_log {site.folder}/disk.log;
        {"user root;" if os.geteuid() == 0 else ""}
        events {{ worker_connections 512; }}
        http {{
            access_log off;
            client_body_temp_path {site.folder}/disk-body;
            server {{
                listen 127.0.0.1:{port} ssl http2; server_name localhost;
                ssl_certificate {certificate}; ssl_certificate_key {key};
                root {folder};
                {"".join(locations)}
            }}
        }}
    """)
    site.start("disk", [NGINX, "-c", str(configuration)], PATH=os.environ["PATH"])
    return Server(f"https://localhost:{port}", site.processes["disk"].pid)


def path_on_disk(row: Row) -> str:
    return f"/{row.name.replace(' ', '-')}"


def _location(row: Row, headers: httpx.Headers) -> str:
    told = [f"default_type {_quoted(headers['content-type'])};"]
    told += [_header(name, value) for name, value in headers.items() if name not in NGINX_WRITES]
    return f"location = {path_on_disk(row)} {{ {' '.join(told)} }}\n"


def _header(name: str, value: str) -> str:
    return f"add_header {name} {_quoted(value)};"


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '\\"') + '"'
