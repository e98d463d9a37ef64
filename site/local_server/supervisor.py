"""Runs the processes of a site together: when one ends, all are stopped."""

import contextlib
import os
import signal
import subprocess
import time
from types import FrameType

STOP_SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
GRACE_SECONDS = 10
POLL_SECONDS = 0.1


class Stopped(Exception):
    """The site was asked to stop."""


class ChildEnded(Exception):
    """A process of the site ended by itself. The message says which and how."""


class Supervisor:
    """Starts processes and stops them together. It restarts none: when one ends, the site ends.

    Each process leads a session of its own: Ctrl-C in a terminal reaches the supervisor alone, and a stop
    reaches the children of each process too.
    """

    def __init__(self) -> None:
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._stop_asked = False
        self._parent = os.getppid()
        for number in STOP_SIGNALS:
            signal.signal(number, self._ask_to_stop)

    def run(self, name: str, command: list[str], *, may_ask: bool = False) -> None:
        """Run a command to its end. Raise ChildEnded if it fails. One that may ask has the terminal."""
        child = self.start(name, command, in_own_session=not may_ask)
        while child.poll() is None:
            self.pause()
        del self._children[name]
        if child.returncode:
            raise ChildEnded(f"{name} failed (exit code {child.returncode}). The lines above say why.")

    def start(
        self,
        name: str,
        command: list[str],
        keep_open: tuple[int, ...] = (),
        *,
        in_own_session: bool = True,
    ) -> subprocess.Popen[bytes]:
        """Start a command. It inherits the file descriptors in `keep_open`."""
        child = subprocess.Popen(command, start_new_session=in_own_session, pass_fds=keep_open)  # noqa: S603
        self._children[name] = child
        return child

    def watch(self) -> None:
        """Wait until Stopped or ChildEnded is raised."""
        while True:
            self.check()
            self.pause()

    def check(self) -> None:
        for name, child in self._children.items():
            if child.poll() is not None:
                raise ChildEnded(f"{name} ended by itself (exit code {child.returncode}).")

    def pause(self) -> None:
        """Wait a moment. Raise Stopped if asked to, or if the parent process is gone."""
        time.sleep(POLL_SECONDS)
        if self._stop_asked or os.getppid() != self._parent:
            raise Stopped

    def stop(self) -> None:
        """Stop every process and its own children; kill those that take too long."""
        for child in self._children.values():
            _signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self._children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0, deadline - time.monotonic()))
            _signal_group(child, signal.SIGKILL)
            child.wait()
        self._children.clear()

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop_asked = True


def _signal_group(leader: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(leader.pid, number)
    except ProcessLookupError:  # it is gone, or leads no group
        leader.send_signal(number)
