"""The servers that are held against each other, each started as it is shipped, on this machine alone."""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from tests import databases
from tests.benchmarks.serving.disk import disk_server
from tests.benchmarks.serving.load import HEADERS, Server
from tests.deploy.front_servers import NGINX, nginx_configuration
from tests.deploy.processes import ROOT, Deployment, exec_start, free_port, settings_of

#: In seconds.
START = 60
OURS, PEERS = "bench_practice", "bench_peer"


@contextmanager
def servers(folder: Path, peer: Path | None) -> Iterator[dict[str, Server]]:
    """Start them all: our site, nginx before it, and what they are held against."""
    with ExitStack() as stack:
        database = stack.enter_context(database_like(OURS, databases.with_demo()))
        site = Deployment(folder, free_port(), free_port(), None, database, metrics=free_port())
        stack.callback(site.stop)
        environment = settings_of(site, smtp=1, redis=1) | {
            "CACHE_URL": "locmemcache://",
            # A fast machine asks more often than one address may.
            "API_THROTTLE_READING": "",
        }
        built = environment | {"DJANGO_SETTINGS_MODULE": "config.settings.base"}
        run_command([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], ROOT, built)
        started = {
            "hello": _gunicorn(
                site, "hello", "tests.benchmarks.serving.hello:application", {"PATH": os.environ["PATH"]}
            ),
            "ours": _gunicorn(site, "kept", "config.wsgi", environment, f"unix:{folder}/web.sock"),
        }
        if NGINX:
            wait_for("ours", started["ours"])
            started |= {"front": _front_server(site), "disk": disk_server(site, started["ours"])}
        if peer:
            started["peer"] = _peer(site, peer, stack.enter_context(database_like(PEERS, "template1")))
        for name, server in started.items():
            wait_for(name, server)
        yield started


@contextmanager
def database_like(name: str, like: str) -> Iterator[str]:
    """Return the address of a copy, dropped in the end."""
    databases.copy(like, name)
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        databases.drop(name)


def _gunicorn(
    site: Deployment, name: str, application: str, environment: dict[str, str], *binds: str
) -> Server:
    """Start an application as the shipped unit starts ours, on a port."""
    address = f"127.0.0.1:{free_port()}"
    command = shlex.split(exec_start("practice-web.service").replace("config.wsgi", application))
    for bind in (address, *binds):
        command += ["--bind", bind]
    site.start(name, command, **environment)
    return Server(f"http://{address}", site.processes[name].pid, is_shared=True)


def _front_server(site: Deployment) -> Server:
    """Start nginx as it is shipped."""
    site.start("front", [NGINX, "-c", str(nginx_configuration(site))], PATH=os.environ["PATH"])
    return Server(site.url, site.processes["front"].pid)


def _peer(site: Deployment, checkout: Path, database: str) -> Server:
    """Start bakerydemo from a checkout with a `.venv` that holds what it needs, psycopg and gunicorn too."""
    (site.folder / "on_postgres.py").write_text(
        "from bakerydemo.settings.production import *\n"
        "INSTALLED_APPS = [*INSTALLED_APPS, 'django.contrib.postgres']\n"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(site.folder),
        "DJANGO_SETTINGS_MODULE": "on_postgres",
        "DJANGO_SECRET_KEY": "for-this-benchmark-only-" + "x" * 50,
        "DJANGO_ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": database,
        "PRIMARY_HOST": "localhost",
    }
    python = str(checkout / ".venv" / "bin" / "python")
    for command in (["migrate", "-v0"], ["load_initial_data"], ["collectstatic", "--noinput", "-v0"]):
        run_command([python, "manage.py", *command], checkout, environment)
    address = f"127.0.0.1:{free_port()}"
    command = exec_start("practice-web.service").replace("config.wsgi", "bakerydemo.wsgi")
    _gunicorn, *options = shlex.split(command)
    site.start("peer", [python, "-m", "gunicorn", *options, "--bind", address], cwd=checkout, **environment)
    return Server(f"http://{address}", site.processes["peer"].pid, is_shared=True)


def run_command(command: list[str], cwd: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{shlex.join(command)} failed: {done.stderr}")


def wait_for(name: str, server: Server) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        try:
            httpx.get(server.url, headers=HEADERS, verify=False, timeout=START)
        except httpx.TransportError:
            time.sleep(0.3)
        else:
            return
    raise SystemExit(f"{name} did not answer.")
