"""Tests of what npm installs. `make html`, `make types` and `make example` run them; `make test-npm` all."""

from pathlib import Path

import pytest
from django.conf import settings

NODE_MODULES = settings.ROOT / ".local" / "node" / "node_modules"


def needs(*tools: Path, command: str) -> pytest.MarkDecorator:
    """Mark a test that `make test` leaves out, and that is skipped where one of its tools is missing."""
    return pytest.mark.npm(*tools, command=command)


def skip_without_tools(item: pytest.Item) -> None:
    for mark in item.iter_markers("npm"):
        reason = f"`{mark.kwargs['command']}` fetches what this needs, and runs it."
        item.add_marker(pytest.mark.skipif(not all(tool.exists() for tool in mark.args), reason=reason))
