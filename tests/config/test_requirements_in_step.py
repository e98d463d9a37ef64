"""`requirements.txt` is for those without uv: it must say what the lock says."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UV = shutil.which("uv") or shutil.which("uv", path=ROOT / ".local")


@pytest.mark.skipif(UV is None, reason="uv was not found on the PATH or under .local/")
def test_requirements_are_what_the_lock_exports():
    exported = subprocess.run(
        [UV, "export", "--quiet", "--locked", "--offline", "--no-dev", "--no-header"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (ROOT / "requirements.txt").read_text() == exported.stdout, (
        "Run: uv export --quiet --no-dev --no-header --output-file requirements.txt"
    )
