"""`requirements.txt` is for those without uv: it must say what the lock says, and which Python it is for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UV = shutil.which("uv") or shutil.which("uv", path=ROOT / ".local")

pytestmark = pytest.mark.skipif(UV is None, reason="uv was not found on the PATH or under .local/")


def test_requirements_are_what_the_lock_exports():
    exported = subprocess.run(
        [UV, "export", "--quiet", "--locked", "--offline", "--no-dev", "--no-header"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    needed = (ROOT / ".ci" / "needed-python.txt").read_text()
    assert (ROOT / "requirements.txt").read_text() == needed + exported.stdout, "Run: make requirements"


@pytest.mark.parametrize(
    ("python", "is_right"), [("3.11", False), ("3.12", True), ("3.13", True), ("3.14", False)]
)
def test_another_python_is_told_which_one_is_needed(tmp_path, python, is_right):
    arguments = ["--python", sys.executable, "--python-version", python, "--target", tmp_path]
    said = subprocess.run(
        [UV, "pip", "install", "--dry-run", "--offline", *arguments, "--requirements", "requirements.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ("python_3.12_or_3.13_is_needed" in said.stderr) != is_right, said.stderr
