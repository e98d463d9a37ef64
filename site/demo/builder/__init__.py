"""Builds the demo site from the files in `demo/content/`.

Safe to run again: what is as it should be stays untouched.
"""

from demo.builder.site import build_demo, stand_at

__all__ = ["build_demo", "stand_at"]
