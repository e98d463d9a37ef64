"""Readers of all kinds of pages at once, for some seconds."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.serving.load import CONNECTIONS, HEADERS, find_wrk
from tests.browser.page_types import PUBLIC

SCRIPT = Path(__file__).with_name("readers.lua")
PATHS = [
    PUBLIC[name] for name in ("home", "therapy", "concern", "comparison-pair", "profile", "fees", "directory")
]
PATHS += ["/api/v2/pages/?limit=20", "/api/v2/therapies/"]
#: Of so many requests one is made anew, as for an address that was not asked for yet.
NONE_ANEW, SOME_ANEW = 10**9, 20


@dataclass(frozen=True)
class Answers:
    count: int
    failed: int
    #: The longest that any waited, in milliseconds.
    longest: float


class Readers:
    """Runs beside whatever is tried meanwhile."""

    def __init__(self, url: str, seconds: int, made_anew: int = NONE_ANEW) -> None:
        command = [
            find_wrk(),
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{seconds}s",
            "--timeout",
            "30s",
            "-s",
            str(SCRIPT),
        ]
        command += [part for name, value in HEADERS.items() for part in ("-H", f"{name}: {value}")]
        chosen = {"PATHS": " ".join(PATHS), "MADE_ANEW": str(made_anew)}
        self.process = subprocess.Popen(
            [*command, url], stdout=subprocess.PIPE, text=True, env=os.environ | chosen
        )

    def answers(self) -> Answers:
        """Wait for the end."""
        told, _nothing = self.process.communicate()
        failed = [int(number) for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", told)]
        errors = re.search(r"Socket errors: (.*)", told)
        failed += [int(number) for number in re.findall(r"\d+", errors[1])] if errors else []
        longest = re.search(r"Latency\s+\S+\s+\S+\s+([\d.]+)(us|ms|s|m)\b", told)
        return Answers(
            count=int(re.search(r"(\d+) requests in", told)[1]),
            failed=sum(failed),
            longest=float(longest[1]) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[longest[2]],
        )
