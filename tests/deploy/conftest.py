"""The site as `deploy/` runs it, on one machine: nginx, gunicorn, three workers, Redis and a mail server.

Where Varnish is installed it stands beside nginx, with the purger that drops what the site's webhooks name.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from aiosmtpd.controller import Controller

from tests import databases
from tests.deploy.front_servers import NGINX, VARNISH, nginx_configuration, start_cache
from tests.deploy.mailbox import Mailbox
from tests.deploy.processes import QUEUES, ROOT, Deployment, free_port, settings_of

REDIS = shutil.which("redis-server")
#: In seconds: how long a machine that is busy may take to start everything.
START = 120


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


def run(command: list[str], environment: dict[str, str], *, may_fail: bool = False) -> None:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert may_fail or done.returncode == 0, done.stderr


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
