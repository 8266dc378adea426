"""Starting the browser front end: one process, on this machine only."""

from __future__ import annotations

import errno
import multiprocessing
import os
import re
import socket
from collections.abc import Sequence
from pathlib import Path

from counterplay import shipped
from counterplay.errors import CounterplayError, MissingExtraError
from counterplay.scenario import load, scenarios
from counterplay.store.opening import open_store

HOST = "localhost"
_FIRST_PORT = 8501
_HEADER = re.compile(r"[A-Za-z0-9-]{1,60}", re.ASCII)
_TRIED_PORTS = 50


def run_app(
    models: Sequence[str],
    port: int | None,
    address: str = HOST,
    store: str = "",
    user_header: str = "",
) -> None:
    """Serve the app until it is stopped.

    The server sends no usage statistics and opens no browser; it prints its address.

    Parameters
    ----------
    models : sequence of str
        Scenarios offered beside the shipped ones: ids, or paths of `.yaml` or `.nfg` files.
    port : int or None
        Where to listen; None takes the first free port from 8501.
    address : str
        Who can reach it: this machine alone, unless another address of it is named, such as
        ``0.0.0.0`` for all; whoever reaches it can use it, so put something before it that asks
        who they are.
    store : str
        Where work is shared: a file or a PostgreSQL address. Without one nothing is stored.
    user_header : str
        Header in which a reverse proxy says who is there. Without one users say it themselves.

    Raises
    ------
    MissingExtraError
        If the packages of the app, or of a store, are not installed.
    CounterplayError
        If a model cannot be read, the port is in use, or the store cannot be used.
    """
    try:
        # Before the first session: two that import at once see a module half done.
        import altair as alt  # noqa: F401
        import pandas as pd  # noqa: F401
        from streamlit.web import cli
    except ImportError:
        raise MissingExtraError("the app", "app") from None
    for model in models:
        load(model)
    _pass_on(store, user_header)
    known = scenarios()
    arguments = [model if model in known else str(Path(model).resolve()) for model in models]
    options = {
        "server.address": address,
        "server.port": str(free_port(port)),
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    script = str(shipped.folder("app") / "main.py")
    try:
        cli.main(["run", script, *flags, "--", *arguments], standalone_mode=False)
    finally:
        # Python would wait for work that was begun beside the pages and that nobody will see.
        for worker in multiprocessing.active_children():
            worker.terminate()


def _pass_on(store: str, user_header: str) -> None:
    """Tell the pages about the store; an address may hold a password, so not as an argument."""
    if user_header and not store:
        raise CounterplayError(f"--user-header {user_header}: only a store asks who is there")
    if user_header and not _HEADER.fullmatch(user_header):
        raise CounterplayError(
            f"--user-header {user_header!r}: not the name of a header, such as X-Forwarded-User"
        )
    if store:
        open_store(store)
        store = store if "://" in store else str(Path(store).resolve())
    os.environ.update({"COUNTERPLAY_STORE": store, "COUNTERPLAY_USER_HEADER": user_header})


def free_port(port: int | None) -> int:
    """Return `port` if nobody listens there, or the first free one from 8501.

    Raises
    ------
    CounterplayError
        If the port is in use or not allowed.
    """
    if port is None:
        tried = range(_FIRST_PORT, _FIRST_PORT + _TRIED_PORTS)
        for candidate in tried:
            if _refusal(candidate) is None:
                return candidate
        raise CounterplayError(
            f"port: {tried[0]} to {tried[-1]} are all in use; name one with --port"
        )
    if not 1 <= port <= 65_535:
        raise CounterplayError(f"port: {port} is not a port; choose one from 1024 to 65535")
    refusal = _refusal(port)
    if refusal is not None:
        raise CounterplayError(
            f"port: {port} cannot be used ({refusal}); choose another with --port"
        )
    return port


def _refusal(port: int) -> str | None:
    """Return why a port cannot be listened on, or None.

    Only a port that is taken or forbidden is refused: on a machine without IPv6 one of the two
    addresses of localhost cannot be bound at all, and the server then uses the other.
    """
    for family, kind, _, _, address in socket.getaddrinfo(HOST, port, type=socket.SOCK_STREAM):
        with socket.socket(family, kind) as probe:
            if os.name == "posix":  # elsewhere the option would let two servers share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as error:
                if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                    return error.strerror or str(error)
    return None
