"""The site as `deploy/` runs it, on one machine: nginx, gunicorn, three workers, Redis and a mail server.

Where Varnish is installed it stands beside nginx, with the purger that drops what the site's webhooks name.
"""

import os
import random
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyrage.x25519 import Identity

from tests import databases
from tests.factories.webhooks import EndpointFactory

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
ON_A_SOCKET = ROOT / "tests" / "deploy" / "on_a_socket.py"
VARNISH = shutil.which("varnishd", path="/usr/sbin:/usr/bin")
NGINX, REDIS = shutil.which("nginx", path="/usr/sbin:/usr/bin"), shutil.which("redis-server")
QUEUES = ("upkeep", "mail", "webhooks")
METRICS_TOKEN = "token-of-the-deployment"
METRICS_HEADERS = {"authorization": f"Bearer {METRICS_TOKEN}"}
#: Of a client who is slow. Who reads it waits for the rest of the body.
HALF_A_REQUEST = (
    b"POST /api/v2/enquiries/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Idempotency-Key: 0b6a5a0e-0b6a-4a0e-8b6a-0b6a5a0e0b6a\r\nContent-Length: 20000\r\n\r\n" + b" " * 8000
)
#: In seconds: how long a machine that is busy may take to start everything.
START = 120


class Mailbox(Message):
    """Keeps whom each mail went to, and its id, in the order that they came. May refuse some for now."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[str] = []
        self.ids: list[str] = []
        #: Between 0 and 1.
        self.share_refused = 0.0

    async def handle_DATA(self, server, session, envelope):
        if random.random() < self.share_refused:
            return "451 Not now"
        return await super().handle_DATA(server, session, envelope)

    def handle_message(self, message) -> None:
        self.received.append(message["X-RcptTo"])
        self.ids.append(message["Message-ID"])


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


@pytest.fixture(scope="package")
def deployment(demo_template: str, django_db_blocker, tmp_path_factory) -> Iterator[Deployment]:
    if not (NGINX and REDIS):
        pytest.skip("nginx or redis-server is not installed")
    folder = tmp_path_factory.mktemp("deployment")
    name = f"{demo_template}_deployed"
    mailbox = Mailbox()
    mail = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    mail.start()
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    deployed = Deployment(folder, free_port(), free_port(), mailbox, url, metrics=free_port())
    with django_db_blocker.unblock():
        databases.copy(demo_template, name)
        environment = settings_of(deployed, mail.port, redis_port := free_port())
        try:
            # As the image is built: with the settings of any site.
            built = environment | {"DJANGO_SETTINGS_MODULE": "config.settings.base", "SECRET_KEY": "none"}
            run(["manage.py", "collectstatic", "--noinput", "-v0"], built)
            run(["manage.py", "check", "--deploy", "--fail-level", "ERROR"], environment, may_fail=True)
            deployed.start(
                "redis",
                [REDIS, "--port", str(redis_port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
            )
            deployed.environment = environment
            deployed.start_web()
            for queue in QUEUES:
                deployed.start_worker(queue)
            deployed.start(
                "nginx", [NGINX, "-c", str(nginx_configuration(deployed))], PATH=os.environ["PATH"]
            )
            if VARNISH:
                with databases.using(name):
                    start_cache(deployed)
            wait_for(deployed)
            yield deployed
        finally:
            deployed.stop()
            mail.stop()
            databases.drop(name)


@pytest.fixture(scope="package")
def visitor(deployment: Deployment) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=deployment.url, verify=False, timeout=30) as client:
        yield client


@pytest.fixture
def database(deployment: Deployment) -> Iterator[psycopg.Connection]:
    with psycopg.connect(deployment.database_url, autocommit=True) as connection:
        yield connection


def start_cache(deployed: Deployment) -> None:
    """Start Varnish, and the purger with the secret of an endpoint that hears of everything."""
    deployed.varnish, deployed.purger = free_port(), free_port()
    vcl = deployed.folder / "practice.vcl"
    shipped = (DEPLOY / "varnish" / "practice.vcl").read_text()
    vcl.write_text(shipped.replace("/run/practice/web.sock", str(deployed.folder / "web.sock")))
    command = exec_start("practice-cache.service")
    for shipped, ours in {
        "/usr/sbin/varnishd": str(VARNISH),
        "-j unix,user=vcache": f"-j none -n {deployed.folder}/varnish",  # a folder of this user alone
        "127.0.0.1:6081": f"127.0.0.1:{deployed.varnish}",
        "/srv/practice/deploy/varnish/practice.vcl": str(vcl),
    }.items():
        assert shipped in command, shipped
        command = command.replace(shipped, ours)
    deployed.start("varnish", shlex.split(command), PATH=os.environ["PATH"])
    endpoint = EndpointFactory(url=f"http://localhost:{deployed.purger}/")
    purger = exec_start("practice-purger.service")
    deployed.start(
        "purger",
        shlex.split(purger.replace("/usr/bin/python3", sys.executable).replace("/srv/practice/", f"{ROOT}/")),
        WEBHOOK_SECRET=endpoint.secrets.get().sealed_secret,
        PURGER_PORT=str(deployed.purger),
        VARNISH_PORT=str(deployed.varnish),
    )


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


def nginx_configuration(deployed: Deployment) -> Path:
    """The shipped file, with ports, folders and a certificate of our own."""
    folder = deployed.folder
    certificate, key = self_signed(folder)
    site = (DEPLOY / "nginx" / "practice.conf").read_text()
    for shipped, ours in {
        "www.example.org;": "localhost;",
        "listen 127.0.0.1:9180;": f"listen 127.0.0.1:{deployed.metrics};",
        "listen 80;": f"listen 127.0.0.1:{deployed.http};",
        "listen 443 ssl": f"listen 127.0.0.1:{deployed.https} ssl",
        "/run/practice/": f"{folder}/",
        "/srv/practice/media/": f"{settings.MEDIA_ROOT}/",
        "/srv/practice/deploy/": f"{DEPLOY}/",
        "/var/cache/nginx/practice": f"{folder}/cache",
        "/var/log/nginx/": f"{folder}/",
        "/etc/letsencrypt/live/www.example.org/fullchain.pem": str(certificate),
        "/etc/letsencrypt/live/www.example.org/privkey.pem": str(key),
        "proxy_set_header Host $host;": "proxy_set_header Host $http_host;",  # the port is no usual one
    }.items():
        assert shipped in site, shipped
        site = site.replace(shipped, ours)
    site = re.sub(r"^.*listen \[::\].*\n", "", site, flags=re.M)
    main = f"""
        daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx-main.log;
        {"user root;" if os.geteuid() == 0 else ""}
        events {{ worker_connections 512; }}
        http {{
            access_log {folder}/nginx-default.log;
            types {{ text/html html; image/webp webp; image/avif avif; image/jpeg jpg jpeg; image/png png; }}
            client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
            fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
            {site}
        }}
    """
    path = folder / "nginx.conf"
    path.write_text(main)
    return path


def self_signed(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return paths


def run(command: list[str], environment: dict[str, str], *, may_fail: bool = False) -> None:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert may_fail or done.returncode == 0, done.stderr


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(deployed: Deployment) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        for name, process in deployed.processes.items():
            assert process.poll() is None, f"{name} ended: {deployed.log}"
        try:
            if httpx.get(f"{deployed.url}/healthz", verify=False).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.3)
    pytest.fail(f"The deployment did not answer: {deployed.log}")
