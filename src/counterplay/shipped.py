"""Where the shipped folders lie: `models`, `seeds` and `app`, in a wheel or in a checkout."""

from __future__ import annotations

from pathlib import Path

from counterplay.errors import CounterplayError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder `name` that travels with Counterplay.

    An installed wheel carries its folders inside the package; a checkout has them at its root.
    The package's own copy wins, since a checkout never has one.

    Raises
    ------
    CounterplayError
        If the folder is in neither place, which means a broken installation.
    """
    for candidate in (_PACKAGE / "_shipped" / name, _PACKAGE.parents[1] / name):
        if candidate.is_dir():
            return candidate
    raise CounterplayError(f"{name}: this folder did not travel with Counterplay; reinstall it")
