"""The search's inner functions, plain or compiled by numba.

The same functions run in both ways and follow the same order of operations, so they give the same
bits.  Plain Python answers small games at once, without waiting for the compiler; a search that
takes longer goes on, from where it stands, in compiled code.  Compiling forbids what would change
rounding (`reassoc`, `contract`); the two permissions given, that there is no NaN and that zero has
no sign, only let the least and greatest of many numbers be found several at a time.

Compiled code is cached under a digest of the sources: in the package's own folder if `warm` could
write there or anybody can, else in the user's cache folder.  A cache that was warmed is also used
where the folder is read-only.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

from counterplay.concepts.search import (
    agenda,
    branch,
    cell,
    contraction,
    exclusion,
    harvest,
    layout,
    linear_algebra,
    relaxation,
    root,
    scratch,
    state,
    supports,
)

_MODULES: tuple[ModuleType, ...] = (
    layout,
    cell,
    exclusion,
    scratch,
    linear_algebra,
    contraction,
    relaxation,
    root,
    state,
    supports,
    agenda,
    branch,
    harvest,
)
_ALLOCATING = (scratch, state, supports, agenda)
_MARK = "warm"
_PATIENCE = (0.15, 3.0)
"""Seconds that plain Python works, in one process, before compiled code goes on: where the cache
is warm, and where the code has to be compiled first.  Which of them works changes no result."""

_PLAIN_WORK = [0.0]
_LOG = logging.getLogger("counterplay")
_ONE_AT_A_TIME = threading.Lock()


class Kernels(NamedTuple):
    """The functions that do the work of a search."""

    prepare: Callable[..., int]
    advance: Callable[..., bool]
    gather: Callable[..., int]
    evaluate: Callable[..., None]


def plain() -> Kernels:
    """Return the functions as they are written."""
    return Kernels(agenda.prepare, branch.advance, harvest.gather, harvest.evaluate)


def is_compiled() -> bool:
    """Say whether this process has compiled or loaded the functions already."""
    return bool(_compiled.cache_info().currsize)


def is_warm() -> bool:
    """Say whether compiled functions are in the cache."""
    return any((folder / _MARK).exists() for folder in _folders())


def compiled() -> Kernels:
    """Return the functions compiled, from the cache where it is warm.

    Announces on the logger ``counterplay`` that it compiles, since that takes a while.  Where
    numba cannot be imported the plain functions are returned.
    """
    with _ONE_AT_A_TIME:  # threads that begin together would each compile, at odds about the cache
        return _compiled()


def note_plain_work(seconds: float) -> None:
    """Take note of time that this process spent on searches in plain Python."""
    _PLAIN_WORK.append(_PLAIN_WORK.pop() + seconds)


def is_worth_it(seconds: float) -> bool:
    """Say whether compiled code should go on, with so many seconds left for the search."""
    if is_compiled():
        return True
    patience = _PATIENCE[0 if is_warm() else 1]
    return _PLAIN_WORK[0] > min(patience, seconds)


def at_hand() -> Kernels:
    """Return the compiled functions if this process has them, else the plain ones."""
    return compiled() if is_compiled() else plain()


def warm() -> tuple[Path, float]:
    """Compile everything into the cache; return the folder and the seconds that took."""
    start = time.perf_counter()
    compiled()
    return cache_folder(), time.perf_counter() - start


@cache
def cache_folder() -> Path:
    """Return the folder of the compiled functions: one that is warm, else one to write to."""
    for folder in _folders():
        if (folder / _MARK).exists():
            return folder
    for folder in _folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return Path(tempfile.mkdtemp(prefix="counterplay-"))


def _folders() -> Iterator[Path]:
    name = f"counterplay-{_digest()}"
    if os.environ.get("NUMBA_CACHE_DIR"):
        yield Path(os.environ["NUMBA_CACHE_DIR"]) / name
        return
    yield Path(__file__).parent / "__pycache__" / name
    if sys.platform == "win32":
        yield Path(os.environ.get("LOCALAPPDATA", tempfile.gettempdir())) / "counterplay" / name
    else:
        yield Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "counterplay" / name


@cache
def _digest() -> str:
    """Return a hash of all the sources: a change in any of them makes the cache worthless."""
    files = [str(module.__file__) for module in _MODULES]
    text = b"".join(Path(file).read_bytes() for file in [*files, __file__])
    return hashlib.sha256(text).hexdigest()[:16]


@cache
def _compiled() -> Kernels:
    try:
        import numba
    except ImportError:
        _LOG.warning("numba is not installed; larger games take much longer without it")
        return plain()
    fresh = not is_warm()
    if fresh:
        _LOG.warning("compiling the solver; this happens once and takes less than a minute")
    decorate: Any = numba.njit
    spaces = {module.__name__: dict(vars(module)) for module in _MODULES}
    with _cached_by(f"{__name__}._locator"):
        table: dict[Any, Any] = {
            function: decorate(
                FunctionType(function.__code__, spaces[module.__name__], function.__name__),
                cache=True,
                error_model="numpy",
                _nrt=module in _ALLOCATING
                or function in (layout.empty_support, layout.flat_steps),
                fastmath={"nnan", "nsz"},
            )
            for module in _MODULES
            for function in vars(module).values()
            if isinstance(function, FunctionType) and function.__module__ == module.__name__
        }
    for space in spaces.values():
        space.update({name: table[f] for name, f in space.items() if _in(table, f)})
    kernels = Kernels(*(table[function] for function in plain()))
    _exercise(kernels)
    if fresh:
        try:
            (cache_folder() / _MARK).touch()
        except OSError:
            _LOG.warning("the compiled solver could not be kept for the next run")
    return kernels


def _in(table: dict[Any, Any], value: object) -> bool:
    return isinstance(value, FunctionType) and value in table


def _exercise(kernels: Kernels) -> None:
    """Run each function once, which compiles it or loads it from the cache."""
    import numpy as np

    shape = np.array([2, 2], np.int64)
    payoffs = np.array([[1.0, 0.0, 0.0, 1.0], [0.0, 1.0, 1.0, 0.0]])
    working = state.empty_state(shape, 9, 8, (4, 4))
    kernels.prepare(working, payoffs, shape, np.zeros(8, np.int64), 1e-14, 100)
    kernels.advance(working, payoffs, shape, np.array([1e-14, 0.01]), 100)
    points = np.zeros((4, 4))
    kernels.gather(working, shape, points, np.zeros((4, 5), np.int64))
    results = (np.zeros((4, 2)), np.zeros(4))
    kernels.evaluate(points, shape, (payoffs, payoffs, np.ones(2)), np.zeros(4), results)


@contextmanager
def _cached_by(locator: str) -> Iterator[None]:
    """Let numba place the cache by `_locator` while functions are wrapped."""
    from numba import config

    settings: Any = config
    before = settings.CACHE_LOCATOR_CLASSES
    settings.CACHE_LOCATOR_CLASSES = locator
    try:
        yield
    finally:
        settings.CACHE_LOCATOR_CLASSES = before


class _locator:  # noqa: N801 - numba asks for the class by its dotted name
    """Where numba keeps a compiled function: the interface of its cache locators."""

    def __init__(self, line: int) -> None:
        self._line = line

    @classmethod
    def from_function(cls, py_func: FunctionType, _py_file: str) -> _locator:
        return cls(py_func.__code__.co_firstlineno)

    def ensure_cache_path(self) -> None:
        """Do nothing: a warm cache may be read-only."""

    def get_cache_path(self) -> str:
        return str(cache_folder())

    def get_source_stamp(self) -> str:
        return _digest()

    def get_disambiguator(self) -> str:
        return str(self._line)
