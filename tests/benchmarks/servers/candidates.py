"""The servers that could run the site, each started as its unit would start it."""

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests import databases
from tests.benchmarks.serving.load import Server
from tests.benchmarks.serving.servers import database_like, run_command
from tests.deploy.processes import ROOT, Deployment, exec_start, free_port, settings_of

#: As it is shipped, but that no process is replaced after some thousand requests.
GUNICORN = (
    exec_start("practice-web.service") + " --bind 127.0.0.1:{port} --max-requests 0 --max-requests-jitter 0"
)
GRANIAN = (
    f"{Path(sys.executable).parent}/granian config.wsgi:application --interface wsgi --no-ws "
    "--port {port} --workers 2 --blocking-threads 4 --respawn-failed-workers --respawn-interval 0.1"
)
CANDIDATES = {
    "gunicorn": GUNICORN,
    "gunicorn, 8 threads": GUNICORN.replace("--threads 4", "--threads 8"),
    "granian": GRANIAN,
}


class Running:
    """A server of the site with a database of its own, which may be started again and again."""

    def __init__(self, command: str, site: Deployment, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.site, self.environment = site, environment
        self.command = shlex.split(command.format(port=self.port))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def server(self) -> Server:
        return Server(self.url, self.site.processes["server"].pid, is_shared=True)

    def start(self) -> None:
        self.site.start("server", self.command, **self.environment)

    def stop(self) -> None:
        self.site.kill("server")

    def workers(self) -> list[psutil.Process]:
        """The processes that answer: the largest, for either server has small ones beside them."""
        below = psutil.Process(self.server.process).children(recursive=True)
        return sorted(below, key=lambda process: process.memory_info().rss)[-2:]


@contextmanager
def candidates(folder: Path) -> Iterator[dict[str, Running]]:
    """Yield each by its name, not yet started."""
    with database_like("bench_servers", databases.with_demo()) as database:
        site = Deployment(folder, free_port(), free_port(), None, database)
        environment = settings_of(site, smtp=1, redis=1) | {"CACHE_URL": "locmemcache://"}
        built = environment | {"DJANGO_SETTINGS_MODULE": "config.settings.base"}
        run_command([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], ROOT, built)
        try:
            yield {
                name: Running(command, site, environment | {"PATH": os.environ["PATH"]})
                for name, command in CANDIDATES.items()
            }
        finally:
            site.stop()
