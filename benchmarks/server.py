"""Starts an application under gunicorn on a free loopback port, with the same settings for all."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

WORKERS, THREADS = 2, 4
ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def serving(application: str, environment: Mapping[str, str], log: Path | None = None) -> Iterator["Server"]:
    """Serve `module:app` until the block ends; raises RuntimeError if it does not answer in time."""
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        application,
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        str(WORKERS),
    ]
    command += [
        "--worker-class",
        "gthread",
        "--threads",
        str(THREADS),
        "--log-level",
        "error",
        "--no-control-socket",
    ]
    output = log.open("wb") if log else None
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=output, stderr=output
    )
    try:
        _wait_for(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)
        if output:
            output.close()


class Server:
    """A running server: its port and the memory of its workers."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid

    def workers(self) -> list[int]:
        """The process ids of the workers."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(child) for child in children.split()]

    def memory_kib(self) -> int:
        """Resident memory of the largest worker, in KiB."""
        return max(_resident_kib(pid) for pid in self.workers())


def _resident_kib(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")
