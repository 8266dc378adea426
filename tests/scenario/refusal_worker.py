"""Check files one after another, each in seconds and 200 MB, and tell what came of it.

Reads lines ``NAME<tab>PATH`` from standard input, writes one JSON line for each.  The process is
killed where a file takes more processor time; the reader then knows which one.
"""

import io
import json
import os
import resource
import sys
import time
from pathlib import Path

from counterplay import cli

SECONDS = 6
BYTES = 200 * 1024 * 1024


def checked(path: str) -> tuple[int, str, str]:
    """Run `counterplay check` on a file: exit code, standard output, standard error."""
    kept = sys.stdout, sys.stderr, sys.argv
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
    sys.stdout, sys.stderr = streams
    sys.argv = ["counterplay", "check", path]
    code: object = None
    try:
        cli.main()
    except SystemExit as done:
        code = done.code
    finally:
        sys.stdout, sys.stderr, sys.argv = kept
    out, err = (stream.buffer.getvalue().decode() for stream in streams)
    return int(str(code)), out, err


def peak() -> int:
    """Return the most memory held since the last `forget`, in bytes; 0 where nobody counts."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def forget() -> None:
    counter = Path("/proc/self/clear_refs")
    if os.access(counter, os.W_OK):
        counter.write_text("5")


def limit_memory() -> None:
    pages = Path("/proc/self/statm")
    if pages.exists():
        held = int(pages.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + BYTES, resource.RLIM_INFINITY))


def main() -> None:
    checked("chicken")  # imports everything that any file needs
    limit_memory()
    for line in sys.stdin:
        name, path = line.rstrip("\n").split("\t")
        used = int(time.process_time())
        resource.setrlimit(resource.RLIMIT_CPU, (used + 2 * SECONDS, resource.RLIM_INFINITY))
        forget()
        before, start = peak(), time.process_time()
        code, out, err = checked(path)
        told = {
            "name": name,
            "seconds": time.process_time() - start,
            "bytes": peak() - before,
            "code": code,
            "out": out[:20_000],
            "lines": out.count("\n"),
            "err": err[:20_000],
            "warnings": err[:20_000].count("\n"),
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
