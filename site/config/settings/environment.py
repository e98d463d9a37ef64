"""Where the checkout is, and the environment from which every choice of a deployment comes."""

import os
from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parents[3]
SITE = ROOT / "site"

env = environ.Env()
environ.Env.read_env(ROOT / ".env")
# The keys are read under their old name too; the check `core.W001` asks for the new one.
if not os.environ.get("ENCRYPTION_KEYS") and "ENQUIRY_ENCRYPTION_KEYS" in os.environ:
    os.environ["ENCRYPTION_KEYS"] = os.environ["ENQUIRY_ENCRYPTION_KEYS"]

# The public address, without a slash at the end.
BASE_URL = env("BASE_URL", default="")
