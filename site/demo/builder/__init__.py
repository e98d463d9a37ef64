"""Builds the demo site from the files in `demo/content/`.

Idempotent: what is up to date is left alone.
"""

from demo.builder.build import build_demo

__all__ = ["build_demo"]
