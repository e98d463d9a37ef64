"""What `make demo` runs, as a process: it serves, it stops, and it says in one line why it cannot start."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.deployment

ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def port():
    return free_port()


def start(port, data, **settings):
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", str(data)),
        "PYTHONPATH": str(ROOT / "site"),
        "PORT": str(port),
        "LOCAL_DATA": str(data / "local"),
        "MEDIA_ROOT": str(data / "media"),
        **settings,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "demo"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


OLDER_DATABASE = """
import psycopg
from config.embedded_database import ensure_database_url

with psycopg.connect(ensure_database_url()) as connection:
    connection.execute("CREATE TABLE django_migrations (id serial, app text, name text, applied timestamptz)")
    connection.execute("INSERT INTO django_migrations VALUES (1, 'home', '0031_words_that_went', now())")
    connection.execute("CREATE TABLE home_homepage (id serial)")
"""


def make_older_database(data):
    """What a demo of another version left behind: migrations that went, and tables that are in the way."""
    local = {"LOCAL_DATA": str(data / "local"), "PYTHONPATH": str(ROOT / "site")}
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | local
    subprocess.run([sys.executable, "-c", OLDER_DATABASE], check=True, cwd=ROOT, env=environment)


def wait_until_it_answers(process, port):
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stdout.read()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as response:
                return response.status
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail("The demo did not answer.")


def processes_of(data):
    """Whatever runs on this data directory, the database among it."""
    return [
        process.info["cmdline"]
        for process in psutil.process_iter(["cmdline"])
        if any(str(data) in part for part in process.info["cmdline"] or [])
    ]


def test_it_makes_older_data_anew_serves_and_leaves_no_process_behind(port, tmp_path):
    make_older_database(tmp_path)
    process = start(port, tmp_path)
    assert wait_until_it_answers(process, port) == 200
    assert_style_is_served_as_in_production(port)
    children = psutil.Process(process.pid).children(recursive=True)
    assert len(children) >= 2
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    output = process.stdout.read()
    assert "The sample data is of another version of this site: it is made anew." in output
    assert "Traceback" not in output
    assert "admin" in output
    assert psutil.wait_procs(children, timeout=5)[1] == []
    assert processes_of(tmp_path) == []


def assert_style_is_served_as_in_production(port):
    """Named after what it holds, so that a browser may keep it for good, and compressed beforehand."""
    site = f"http://127.0.0.1:{port}"
    with urllib.request.urlopen(site) as page:
        [address] = re.findall(r'href="(/static/css/site\.[0-9a-f]{12}\.css)"', page.read().decode())
    asked = urllib.request.Request(site + address, headers={"Accept-Encoding": "gzip, br"})
    with urllib.request.urlopen(asked) as style:
        assert style.headers["Content-Encoding"] == "br"
        assert "immutable" in style.headers["Cache-Control"]


def test_a_taken_port(port, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert_one_line(start(port, tmp_path), f"Port {port} cannot be used")


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80 80"])
def test_a_port_that_is_none(text, tmp_path):
    assert_one_line(start(text, tmp_path), "PORT must be a number")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql://name:hidden@127.0.0.1:1/practice", "does not answer"),
        ("postgresql://[", "cannot be read"),
        ("mysql://name:hidden@localhost/practice", "must begin with postgresql://"),
        ("nonsense", "must begin with postgresql://"),
    ],
)
def test_a_broken_database_address(port, tmp_path, url, message):
    assert "hidden" not in assert_one_line(start(port, tmp_path, DATABASE_URL=url), message)


def assert_one_line(process, message):
    output, _ = process.communicate(timeout=60)
    assert process.returncode != 0
    assert message in output
    assert "Traceback" not in output
    assert len(output.replace("Starting the database ...\n", "").strip().splitlines()) == 1
    return output
