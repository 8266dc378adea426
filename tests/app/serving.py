"""A server of the app for those who drive it: tests, pictures of the pages, benchmarks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 60


@contextmanager
def served(folder: Path, arguments: Sequence[str] = ()) -> Iterator[tuple[int, int]]:
    """Serve the app from a folder; give the port and the number of the process."""
    port = free_port()
    command = [sys.executable, "-m", "counterplay", "app", *arguments, "--port", str(port)]
    errors = folder / "errors.txt"
    with errors.open("w") as log:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        if not any(f"http://localhost:{port}" in line for line in server.stdout or ()):
            raise RuntimeError(f"the server did not start:\n{errors.read_text()}")
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=_PATIENCE)
        if server.stdout:
            server.stdout.close()


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port
