"""One server under load for some seconds: how many answers it gave, and what each of them cost."""

import re
import shutil
import subprocess
from dataclasses import dataclass

import httpx
import psutil

#: What a browser behind the front server sends.
HEADERS = {"Host": "localhost", "X-Forwarded-Proto": "https", "Accept-Encoding": "gzip"}
#: An answer to it is never taken from memory, and it is whole: Django knows no ranges.
MADE_ANEW = {"Range": "bytes=0-"}
#: As many ask at the same time.
CONNECTIONS = 16
#: Of what the busiest process works, where several share. In so many tries.
LEAST_SHARE, MOST_TRIES = 0.2, 5


@dataclass(frozen=True)
class Server:
    url: str
    #: The id of its first process.
    process: int
    #: Whether several processes answer.
    is_shared: bool = False


@dataclass(frozen=True)
class Figures:
    #: Requests a second.
    rate: float
    #: In milliseconds, of the process that answers; its database works beside it.
    processor: float
    #: In milliseconds: one of a hundred waited longer.
    slow: float
    #: In kilobytes, compressed.
    weight: float


class NotAnsweredError(Exception):
    """A server did not answer 200 to everything."""


def find_wrk() -> str:
    wrk = shutil.which("wrk")
    if not wrk:
        raise SystemExit("wrk is not installed (Debian's package is called wrk).")
    return wrk


def answer_as_sent(url: str, headers: dict[str, str]) -> tuple[httpx.Headers, bytes]:
    """Return the headers, and the body still compressed. Raise NotAnsweredError for any status but 200."""
    with httpx.stream("GET", url, headers=headers, timeout=30, verify=False) as answer:
        if answer.status_code != 200:
            raise NotAnsweredError(f"{url} answered {answer.status_code}")
        return answer.headers, b"".join(answer.iter_raw())


def measure(server: Server, path: str, seconds: int, more: dict[str, str]) -> Figures:
    """Ask the same of a server all the time.

    All connections are opened at one moment. Where a single process happened to get them all, which halves
    what is answered, it is asked again: else chance decides on a ratio.
    """
    for _try in range(MOST_TRIES):
        before = _worked(server.process)
        figures = _measure_once(server, path, seconds, more)
        after = _worked(server.process)
        least, most = sorted(after[pid] - before.get(pid, 0) for pid in after)[-2:]
        if not server.is_shared or least > most * LEAST_SHARE:
            break
    return figures


def _measure_once(server: Server, path: str, seconds: int, more: dict[str, str]) -> Figures:
    url, headers = server.url + path, HEADERS | more
    _headers, body = answer_as_sent(url, headers)
    weight = len(body) / 1024
    before = processor_time(server.process)
    command = [find_wrk(), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "--timeout", "30s"]
    command += [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    told = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    if problem := re.search(r"Non-2xx or 3xx responses: \d+|Socket errors: .*", told):
        raise NotAnsweredError(f"{url}: {problem[0]}")
    answered = int(re.search(r"(\d+) requests in", told)[1])
    return Figures(
        rate=float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]),
        processor=1000 * (processor_time(server.process) - before) / max(answered, 1),
        slow=_milliseconds(re.search(r"99%\s+([\d.]+)(us|ms|s)", told)),
        weight=weight,
    )


def processor_time(process: int) -> float:
    """Return how many seconds this process and those under it have worked."""
    return sum(_worked(process).values())


def _worked(process: int) -> dict[int, float]:
    first = psutil.Process(process)
    times = {one.pid: one.cpu_times() for one in [first, *first.children(recursive=True)]}
    return {pid: time.user + time.system for pid, time in times.items()}


def _milliseconds(found: re.Match) -> float:
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]]
