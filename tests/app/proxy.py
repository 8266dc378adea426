"""A reverse proxy for tests: it says who is there, as one that authenticates would."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def proxied(port: int, header: str, who: str) -> Iterator[str]:
    """Give the address of a proxy before `port`, whose requests carry a header of its own."""
    with socket.create_server(("localhost", 0)) as listening:
        line = f"{header}: {who}\r\n".encode()
        threading.Thread(target=_serve, args=(listening, port, line), daemon=True).start()
        yield f"http://localhost:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


def _serve(listening: socket.socket, port: int, line: bytes) -> None:
    while True:
        try:
            here, _ = listening.accept()
        except OSError:  # it was closed
            return
        threading.Thread(target=_join, args=(here, port, line), daemon=True).start()


def _join(here: socket.socket, port: int, line: bytes) -> None:
    """Pass everything on; the header goes into the first request of each connection."""
    with here, socket.create_connection(("localhost", port)) as there:
        first = here.recv(65_536)
        request, _, rest = first.partition(b"\r\n")
        there.sendall(request + b"\r\n" + line + rest if first else b"")
        back = threading.Thread(target=_pass_on, args=(there, here), daemon=True)
        back.start()
        _pass_on(here, there)
        back.join()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    try:
        while block := source.recv(65_536):
            target.sendall(block)
        target.shutdown(socket.SHUT_WR)
    except OSError:  # one of the two has gone
        return
