"""Tests of what npm installs. `make html`, `make types` and `make example` run them, each by itself."""

import os
from pathlib import Path

import pytest
from django.conf import settings

NODE_MODULES = settings.ROOT / ".local" / "node" / "node_modules"


def needs(*tools: Path, command: str) -> pytest.MarkDecorator:
    """Skip a test where a tool is missing, and beside all others: every worker would build the same anew."""
    return pytest.mark.skipif(
        not all(tool.exists() for tool in tools) or "PYTEST_XDIST_WORKER" in os.environ,
        reason=f"`{command}` fetches what this needs, and runs it.",
    )
