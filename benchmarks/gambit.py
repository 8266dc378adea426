"""Gambit's solvers in a process of their own, with a time limit: `enumpoly` may not return."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Payoffs = npt.NDArray[np.float64]


class Answer(NamedTuple):
    """What a solver returned; `profiles` is None where its time was up.

    Attributes
    ----------
    profiles : list of n probability vectors each, or None
    construction, solving : float
        Processor seconds; where the time was up, at least what was allowed.
    """

    profiles: list[list[Payoffs]] | None
    construction: float
    solving: float


class Gambit:
    """A worker that is started again when a game takes too long."""

    def __init__(self, time_limit: float) -> None:
        self.time_limit = time_limit
        self._process: Any = None
        self._ours: Connection | None = None

    def __enter__(self) -> Gambit:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def enumpoly(self, payoffs: Payoffs) -> Answer:
        """Return what pygambit's `enumpoly_solve` finds with its defaults: all it can."""
        return self._ask("enumpoly_solve", payoffs)

    def enumpure(self, payoffs: Payoffs) -> Answer:
        """Return the pure equilibria by pygambit's `enumpure_solve`."""
        return self._ask("enumpure_solve", payoffs)

    def enummixed(self, payoffs: Payoffs) -> Answer:
        """Return the extreme equilibria of a two-player game by pygambit's `enummixed_solve`."""
        return self._ask("enummixed_solve", payoffs)

    def _ask(self, solver: str, payoffs: Payoffs) -> Answer:
        if self._process is None:
            self._start()
        assert self._ours is not None  # noqa: S101 - started above
        self._ours.send((solver, payoffs))
        if self._ours.poll(self.time_limit):
            return Answer(*self._ours.recv())
        self._stop()
        return Answer(None, 0.0, self.time_limit)

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        try:
            self._ours.recv()
        except EOFError:
            raise SystemExit("pygambit did not start; install the crosscheck group") from None

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


def game_of(tables: Sequence[Any]) -> Any:  # noqa: ANN401 - pygambit's own class
    """Return pygambit's game of one payoff table a player."""
    import pygambit

    # Gambit 17 moved from_arrays to a class of its own.
    maker = getattr(pygambit, "StrategicGame", pygambit.Game)
    return maker.from_arrays(*tables)


def _work(pipe: Connection) -> None:
    import pygambit

    pipe.send("ready")
    while True:
        solver, payoffs = pipe.recv()
        started = time.process_time()
        game = game_of(payoffs)
        built = time.process_time()
        result = getattr(pygambit.nash, solver)(game)
        done = time.process_time()
        profiles = [
            [np.array([float(share) for _, share in profile[player]]) for player in game.players]
            for profile in result.equilibria
        ]
        pipe.send((profiles, built - started, done - built))
