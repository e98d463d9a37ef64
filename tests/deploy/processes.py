"""The processes of a site as `deploy/` runs them: started, ended, killed, and what they wrote."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from django.conf import settings
from pyrage.x25519 import Identity

from tests.deploy.mailbox import Mailbox

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
ON_A_SOCKET = ROOT / "tests" / "deploy" / "on_a_socket.py"
QUEUES = ("upkeep", "mail", "webhooks")
METRICS_TOKEN = "token-of-the-deployment"
METRICS_HEADERS = {"authorization": f"Bearer {METRICS_TOKEN}"}


@dataclass
class Deployment:
    folder: Path
    https: int
    http: int
    mailbox: Mailbox
    database_url: str
    environment: dict[str, str] = field(default_factory=dict)
    #: The port of the front server where Prometheus asks.
    metrics: int = 0
    varnish: int = 0
    purger: int = 0
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)
    #: What practice-web.socket keeps open.
    listening: socket.socket | None = None

    @property
    def url(self) -> str:
        return f"https://localhost:{self.https}"

    @property
    def metrics_url(self) -> str:
        return f"http://127.0.0.1:{self.metrics}/metrics"

    def numbers(self, sample: str) -> list[float]:
        """Return what Prometheus reads, of the lines that are like the sample."""
        told = httpx.get(self.metrics_url, headers=METRICS_HEADERS).text
        return [float(number) for number in re.findall(sample, told)]

    @property
    def log(self) -> str:
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def start(
        self,
        name: str,
        command: list[str],
        cwd: Path = ROOT,
        inherited: Collection[int] = (),
        **environment: str,
    ) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command,
                cwd=cwd,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=inherited,
            )

    def start_web(self) -> None:
        """Start the site on a socket that outlives it, as its two units do."""
        if self.listening is None:
            self.listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.listening.bind(str(self.folder / "web.sock"))
            self.listening.listen()
        counted = self.folder / "metrics"
        counted.mkdir(exist_ok=True)
        command = [sys.executable, str(ON_A_SOCKET), str(self.listening.fileno())]
        command += shlex.split(exec_start("practice-web.service"))
        environment = self.environment | {"PROMETHEUS_MULTIPROC_DIR": str(counted)}
        self.start("web", command, inherited=[self.listening.fileno()], **environment)

    @contextmanager
    def without_the_site(self) -> Iterator[None]:
        assert self.listening is not None
        self.listening.close()
        self.listening = None
        self.kill("web")
        (self.folder / "web.sock").unlink()
        try:
            yield
        finally:
            self.start_web()

    def start_worker(self, queue: str, name: str = "") -> None:
        command = exec_start("practice-worker@.service").replace("%i", queue)
        self.start(name or queue, shlex.split(command), **self.environment)

    def stop(self) -> None:
        """Ask all of them to end, and wait for each."""
        for process in self.processes.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            process.wait(timeout=60)
        if self.listening is not None:
            self.listening.close()

    def kill(self, name: str, how: int = signal.SIGKILL) -> None:
        process = self.processes.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, how)
        process.wait(timeout=60)


def settings_of(deployed: Deployment, smtp: int, redis: int) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": "site",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "for-this-test-only-" + "x" * 50,
        "ALLOWED_HOSTS": "localhost",
        "BASE_URL": deployed.url,
        "DATABASE_URL": deployed.database_url,
        "ENCRYPTION_KEYS": settings.ENCRYPTION_KEYS[0],
        "METRICS_TOKEN": METRICS_TOKEN,
        "DEFAULT_FROM_EMAIL": "hello@example.org",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(smtp),
        "CACHE_URL": f"rediscache://127.0.0.1:{redis}/0",
        "BEHIND_TLS_PROXY": "True",
        "NUM_PROXIES": "1",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "STATIC_ROOT": str(deployed.folder / "static"),
        "BACKUP_ROOT": str(deployed.folder / "backups"),
        "BACKUP_RECIPIENTS": str(Identity.generate().to_public()),
        "API_THROTTLE_SEARCHING": "5/min",
        "API_CACHE_CONTROL": "public, max-age=0, s-maxage=86400",
        "PAGE_CACHE_CONTROL": "public, max-age=0, s-maxage=86400",
        "SURROGATE_KEY_HEADERS": "xkey",
        "WEBHOOK_ALLOWED_HOSTS": "localhost",
    }


def exec_start(unit: str) -> str:
    """The command of a shipped unit, with this checkout's own folder in its place."""
    text = (DEPLOY / "systemd" / unit).read_text()
    [command] = re.findall(r"^ExecStart=(.+)$", text, re.M)
    return command.replace("/srv/practice/.venv/bin/", f"{Path(sys.executable).parent}/")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
