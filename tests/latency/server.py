"""A Streamlit server of a workspace's pages, and what it uses of the machine."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.settings import PROJECT, WORKSPACE_VARIABLE

PATIENCE_SECONDS = 120
COMPLAINTS = ("Traceback", "Error:", "Exception:")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Memory:
    """Bytes of resident memory of the server: now, and the most it has held."""

    now: int
    most: int


@dataclass(frozen=True)
class Server:
    """A running server: its address, its process, and the file that holds what it says."""

    address: str
    pid: int
    log: Path

    def memory(self) -> Memory:
        """Return the resident memory of the server and its children."""
        found = [_status(pid) for pid in self._processes()]
        return Memory(sum(one["VmRSS"] for one in found), sum(one["VmHWM"] for one in found))

    def cpu_seconds(self) -> float:
        """Return the processor seconds that the server and its children have used."""
        return sum(_cpu_seconds(pid) for pid in self._processes())

    def complaints(self) -> list[str]:
        """Return the lines of the log that tell of an error."""
        plain = COLOURS.sub("", self.log.read_text())
        return [line for line in plain.splitlines() if any(word in line for word in COMPLAINTS)]

    def _processes(self) -> list[int]:
        found = [self.pid]
        for pid in found:
            found.extend(_children(pid))
        return found


@contextmanager
def serving(workspace: Path, log: Path) -> Iterator[Server]:
    """Serve a workspace's pages until the end, as `retrace dashboard` does."""
    port = _free_port()
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(PROJECT / "dashboards" / "app.py")),
        *(f"--server.port={port}", "--server.fileWatcherType=none"),
    ]
    env = {**os.environ, WORKSPACE_VARIABLE: str(workspace.resolve())}
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=PROJECT, env=env, stdout=out, stderr=out)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield Server(f"http://127.0.0.1:{port}", process.pid, log)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(url: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{url} does not answer within {PATIENCE_SECONDS} seconds.")


def _children(pid: int) -> list[int]:
    """Return the processes that a process has started; a thread that ends meanwhile has none."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def _status(pid: int) -> dict[str, int]:
    """Return the memory figures of a process in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {
        name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines) if "kB" in rest
    }


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
