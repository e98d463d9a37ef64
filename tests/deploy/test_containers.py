"""What the container holds, started as it starts, behind its front server: without containers."""

import json
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
import yaml
from django.conf import settings

from tests.deploy.absence import expect_where_to_ring
from tests.deploy.processes import DEPLOY, METRICS_HEADERS, QUEUES, ROOT, Deployment, exec_start, free_port
from tests.deploy.slow_clients import HALF_A_REQUEST

pytestmark = pytest.mark.deployment

CONTAINERS = DEPLOY / "containers"
DOCKERFILE = (CONTAINERS / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((CONTAINERS / "compose.yaml").read_text())
CADDY = Path(sys.executable).parent / "caddy"


class Front(NamedTuple):
    url: str
    metrics: str


def image_command() -> list[str]:
    [command] = re.findall(r"^CMD (.+)$", DOCKERFILE, re.M)
    return json.loads(command)


def copied() -> list[str]:
    """The files of the checkout that the image is made of."""
    lines = (CONTAINERS / "Dockerfile.dockerignore").read_text().splitlines()
    names = [line.removeprefix("!") for line in lines if line.startswith("!")]
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout.split("\0")[:-1]


def written(folder: Path) -> set[tuple[str, int]]:
    return {(str(path), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def image(tmp_path_factory) -> Path:
    """What the image holds: the files, and what the site needs of the lock and nothing else."""
    folder = tmp_path_factory.mktemp("image")
    for name in copied():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    [sync] = re.findall(r"^RUN (uv sync .+)$", DOCKERFILE, re.M)
    environment = os.environ | {"UV_PYTHON": os.path.realpath(sys.executable)}
    environment.pop("VIRTUAL_ENV", None)
    subprocess.run(
        [ROOT / ".local" / "uv", *shlex.split(sync)[1:], "--quiet"], cwd=folder, env=environment, check=True
    )
    return folder


@pytest.fixture(scope="module")
def front(deployment: Deployment, image: Path) -> Front:
    """Caddy, with the site of the image behind it."""
    site, http, https, metrics = free_port(), free_port(), free_port(), free_port()
    address = f"https://localhost:{https}"
    (counted := deployment.folder / "container-metrics").mkdir()
    environment = deployment.environment | {
        "PATH": f"{image / '.venv/bin'}:{os.environ['PATH']}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PROMETHEUS_MULTIPROC_DIR": f"{counted}",
        "BASE_URL": address,
        "PORT": f"{site}",
    }
    command = [part.replace("0.0.0.0:8000", f"127.0.0.1:{site}") for part in image_command()]
    config = (CONTAINERS / "Caddyfile").read_text()
    for shipped, ours in {
        "\tadmin off\n": f"\tadmin off\n\tskip_install_trust\n\thttp_port {http}\n\thttps_port {https}\n",
        "{$SITE_HOST}": "localhost",
        "http://:9180": f"http://127.0.0.1:{metrics}",
        "site:8000": f"127.0.0.1:{site}",
        "/srv/practice/media": f"{settings.MEDIA_ROOT}",
        "/srv/practice/deploy": f"{DEPLOY}",
    }.items():
        assert shipped in config, shipped
        config = config.replace(shipped, ours)
    (deployment.folder / "Caddyfile").write_text(config)
    run = [CADDY, "run", "--adapter", "caddyfile", "--config", f"{deployment.folder / 'Caddyfile'}"]
    deployment.start("container-site", command, cwd=image, **environment)
    deployment.start("caddy", run, PATH=os.environ["PATH"], HOME=f"{deployment.folder / 'caddy'}")
    until = time.monotonic() + 60
    check = [f"{image / '.venv/bin/python'}", "deploy/containers/check_site.py"]
    while subprocess.run(check, cwd=image, env=environment, capture_output=True, check=False).returncode:
        assert time.monotonic() < until, deployment.log
        time.sleep(0.2)
    return Front(address, f"http://127.0.0.1:{metrics}")


@pytest.fixture(scope="module")
def client(front: Front) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=front.url, verify=False, timeout=30) as client:
        yield client


def test_the_site_of_the_image_answers_and_writes_nothing_beside_its_folders(
    client: httpx.Client, image: Path
) -> None:
    before = written(image)
    page = client.get("/therapists/")
    assert page.status_code == 200
    assert page.headers["strict-transport-security"]
    [stylesheet] = re.findall(r'href="(/static/css/site\.\w+\.css)"', page.text)
    assert client.get(stylesheet).status_code == 200
    [picture, *_others] = re.findall(r"/media/images/[\w.-]+", page.text)
    assert client.get(picture).headers["x-content-type-options"] == "nosniff"
    assert client.get("/admin/login/", follow_redirects=True).status_code == 200
    assert written(image) == before


def test_only_resized_pictures_are_served(client: httpx.Client) -> None:
    (private := Path(settings.MEDIA_ROOT) / "documents" / "private.txt").parent.mkdir(exist_ok=True)
    private.write_text("private")
    for path in (
        "documents/private.txt",
        "images/../documents/private.txt",
        "images/",
        "images/..%2fdocuments/",
    ):
        assert client.get(f"/media/{path}").status_code == 404, path


def test_addresses_are_those_that_the_front_server_sees(front: Front) -> None:
    def search(own_address: str, forged: str) -> int:
        transport = httpx.HTTPTransport(local_address=own_address, verify=False)
        with httpx.Client(transport=transport, timeout=30) as client:
            return client.get(
                f"{front.url}/api/v2/search/?query=sleep", headers={"x-forwarded-for": forged}
            ).status_code

    assert [search("127.0.0.5", f"203.0.113.{number}") for number in range(6)] == [200] * 5 + [429]
    assert search("127.0.0.6", "203.0.113.1") == 200


def test_numbers_are_told_on_this_machine_alone(front: Front, client: httpx.Client) -> None:
    assert client.get("/metrics", headers=METRICS_HEADERS).status_code == 404
    assert "practice_database_up 1.0" in httpx.get(f"{front.metrics}/metrics", headers=METRICS_HEADERS).text
    assert httpx.get(f"{front.metrics}/", headers=METRICS_HEADERS).status_code == 404


def test_slow_clients_keep_nobody_waiting(front: Front, client: httpx.Client) -> None:
    context = ssl._create_unverified_context()
    with ExitStack() as open_connections:
        for _number in range(50):
            plain = open_connections.enter_context(
                socket.create_connection(("127.0.0.1", httpx.URL(front.url).port))
            )
            slow = open_connections.enter_context(context.wrap_socket(plain, server_hostname="localhost"))
            slow.sendall(HALF_A_REQUEST)
        started = time.monotonic()
        assert client.get("/concerns/").status_code == 200
        assert time.monotonic() - started < 5


def test_while_the_site_is_away_visitors_read_where_to_ring_and_no_private_link_is_logged(
    deployment: Deployment, client: httpx.Client
) -> None:
    deployment.kill("container-site")
    expect_where_to_ring(client)
    assert "canary" not in (deployment.folder / "caddy.log").read_text()


def test_the_containers_run_what_the_units_run() -> None:
    def options(command: list[str]) -> set[str]:
        return set(" ".join(command).replace(" --", "\n--").splitlines()[1:])

    difference = options(image_command()) ^ options(shlex.split(exec_start("practice-web.service")))
    assert difference == {"--bind 0.0.0.0:8000", "--worker-tmp-dir /dev/shm"}
    for queue in QUEUES:
        unit = shlex.split(exec_start("practice-worker@.service").replace("%i", queue))
        assert COMPOSE["services"][f"worker-{queue}"]["command"][1:] == unit[1:]


def test_backups_are_made_by_programs_of_the_database_s_version() -> None:
    [program] = re.findall(r"postgresql-client-(\d+)", DOCKERFILE)
    [server] = re.findall(r"/postgres:(\d+)", COMPOSE["services"]["database"]["image"])
    assert program == server


def test_each_setting_of_the_containers_is_known() -> None:
    def names(path: Path) -> set[str]:
        return set(re.findall(r"^([A-Z_]+)=", path.read_text(), re.M))

    compose = (CONTAINERS / "compose.yaml").read_text()
    of_compose = set(re.findall(r"\$\{([A-Z_]+)", compose))
    known = names(ROOT / ".env.example")
    assert names(CONTAINERS / ".env.example") <= known | of_compose
    assert of_compose <= names(CONTAINERS / ".env.example")
    assert set(COMPOSE["x-site"]["environment"]) <= known


def test_no_container_can_change_itself_or_become_root() -> None:
    for name, service in COMPOSE["services"].items():
        assert "no-new-privileges:true" in service["security_opt"], name
        assert service.get("read_only") or name == "database", name
    assert re.findall(r"^USER (\d+)$", DOCKERFILE, re.M) == ["10001"]
