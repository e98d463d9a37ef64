"""`make lighthouse`: what Lighthouse says of the running demo on a phone. It reports, and gates nothing."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.browser.page_types import MATCHING, PUBLIC

LIGHTHOUSE = Path(__file__).parents[2] / ".local" / "node" / "node_modules" / ".bin" / "lighthouse"
SITE = f"http://localhost:{os.environ.get('PORT') or 8000}"
PAGES = {name: PUBLIC[name] for name in ["home", "therapy", "comparison-pair", "directory", "profile"]}
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]


def measure(address: str) -> dict:
    """Return the report, by way of a file: it ends without having written the whole of it to a pipe."""
    with tempfile.TemporaryDirectory() as folder:
        return _measured(address, Path(folder) / "report.json")


def _measured(address: str, report: Path) -> dict:
    command = [str(LIGHTHOUSE), SITE + address, "--output=json", f"--output-path={report}", "--quiet"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=--headless=new --no-sandbox"]
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    subprocess.run(command, capture_output=True, check=False, env=environment)
    return json.loads(report.read_text())


def main() -> None:
    print(f"{'page':<18}{''.join(f'{name:>16}' for name in CATEGORIES)}{'KB transferred':>16}")
    for name, address in {**PAGES, "form": MATCHING}.items():
        report = measure(address)
        if problem := report.get("runtimeError"):
            print(f"{name:<18}  {problem['message']}", flush=True)
            continue
        scores = [report["categories"][category]["score"] for category in CATEGORIES]
        kilobytes = report["audits"]["total-byte-weight"]["numericValue"] / 1024
        told = "".join(f"{'-' if score is None else round(score * 100):>16}" for score in scores)
        print(f"{name:<18}{told}{kilobytes:>16.1f}", flush=True)


if __name__ == "__main__":
    main()
