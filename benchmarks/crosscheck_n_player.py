"""Whether `nash` lists or covers every equilibrium that other solvers find.

    python -m benchmarks.crosscheck_n_player [--games 20] [--limit 20]

Profiles of pygambit's `enumpoly_solve`, `enumpure_solve` and (two players) `enummixed_solve`, and
of QuantEcon's `pure_nash_brute` and `vertex_enumeration`, that verify must be in our list or in
the ranges of one of our regions.  Files that `write_nfg` writes are read by pygambit and compared
cell by cell.  The exit code is 1 where something is missing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

import counterplay as cp
from benchmarks import games, harness
from benchmarks.gambit import Gambit
from counterplay.games.interop import write_nfg

FAMILIES: tuple[tuple[str, Callable[..., games.Payoffs], tuple[int, ...], Any], ...] = (
    *(
        (f"scores 0..{top}", games.uniform_scores, shape, top)
        for shape in ((3, 3), (5, 4), (2,) * 3, (2,) * 4, (3, 2, 3, 2), (3,) * 3)
        for top in (2, 5, 10)
    ),
    *(("policy 0..4", games.policy_scores, shape, 4) for shape in ((3,) * 3, (3,) * 4)),
    *(
        ("Gaussian", games.gaussian, shape, 0.0)
        for shape in ((5, 5), (2,) * 4, (3,) * 3, (2,) * 5)
    ),
    *(("structured", games.structured, shape, None) for shape in ((3,) * 4, (4, 3, 3, 3))),
)

HEADS = (
    "family", "shape", "games", "enumpoly", "stopped", "not equilibria", "enumpure", "enummixed",
    "QuantEcon pure", "QuantEcon vertices", "missing in nash", "nfg cells that differ",
)  # fmt: skip


def main() -> None:
    """Print the table; exit with 1 where `nash` misses something."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--games", type=int, default=20, help="of each family and shape")
    parser.add_argument("--limit", type=float, default=20.0, help="seconds for a Gambit solver")
    given = parser.parse_args()
    harness.begin("Cross-check", "Numbers of profiles that the others returned, and that verify.")
    total = Counter[str]()
    harness.table(HEADS, _rows(given.games, given.limit, total))
    sys.exit(1 if total["missing"] or total["cells"] else 0)


def _rows(count: int, limit: float, total: Counter[str]) -> Iterator[list[object]]:
    for family, draw, shape, parameter in FAMILIES:
        found = Counter[str]()
        with Gambit(limit) as gambit:
            for seed in range(count):
                found += _checked(draw(shape, seed, parameter), gambit)
        total += found
        keys = (
            "enumpoly", "stopped", "false", "enumpure", "enummixed", "pure", "vertices", "missing",
            "cells",
        )  # fmt: skip
        yield [family, harness.named(shape), count, *(found[key] for key in keys)]


def _checked(payoffs: games.Payoffs, gambit: Gambit) -> Counter[str]:
    """Count what the others find in one game, and what of it `nash` lacks."""
    solution = cp.nash(harness.game(payoffs))
    profiles: dict[str, list[harness.Profile]] = {"enumpoly": [], "enummixed": [], "vertices": []}
    counts = Counter[str]()
    answers = {"enumpoly": gambit.enumpoly(payoffs), "enumpure": gambit.enumpure(payoffs)}
    if len(payoffs) == 2:
        answers["enummixed"] = gambit.enummixed(payoffs)
    for solver, answer in answers.items():
        counts["stopped"] += answer.profiles is None
        profiles[solver] = list(answer.profiles or [])
    profiles |= _quantecon(payoffs)
    for solver, given in profiles.items():
        sound = harness.verified(payoffs, given)
        counts[solver] = len(sound)
        counts["false"] += len(harness.distinct(given)) - len(sound)
        for profile in harness.uncovered(solution, sound):
            counts["missing"] += 1
            shares = " ".join(str(np.round(x, 4).tolist()) for x in profile)
            sys.stderr.write(f"{solver}, {payoffs.shape[1:]}: nash lacks {shares}\n")
    counts["cells"] = _cells_that_differ(payoffs)
    return counts


def _quantecon(payoffs: games.Payoffs) -> dict[str, list[harness.Profile]]:
    """Return QuantEcon's pure equilibria and, for two players, its vertices."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from quantecon import game_theory
    count = len(payoffs)
    players = [
        game_theory.Player(
            np.ascontiguousarray(np.moveaxis(table, range(count), _turned(i, count)))
        )
        for i, table in enumerate(payoffs)
    ]
    game = game_theory.NormalFormGame(players)
    pure: list[harness.Profile] = [
        [np.eye(m)[k] for m, k in zip(payoffs.shape[1:], profile, strict=True)]
        for profile in game_theory.pure_nash_brute(game)
    ]
    vertices = game_theory.vertex_enumeration(game) if count == 2 else []
    return {"pure": pure, "vertices": [list(profile) for profile in vertices]}


def _turned(player: int, count: int) -> list[int]:
    """Return where each axis goes so that the player's own comes first, then those after it."""
    return [(axis - player) % count for axis in range(count)]


def _cells_that_differ(payoffs: games.Payoffs) -> int:
    """Return how many payoffs pygambit reads otherwise from a file that `write_nfg` wrote."""
    import pygambit

    game = harness.game(payoffs)
    with tempfile.TemporaryDirectory() as folder:
        path = write_nfg(game, Path(folder) / "game.nfg")
        tables = pygambit.read_nfg(str(path)).to_arrays()
    read = [Fraction(int(x.numerator), int(x.denominator)) for t in tables for x in np.ravel(t)]
    exact = game.exact
    return 0 if exact is not None and read == exact.ravel().tolist() else payoffs.size


if __name__ == "__main__":
    main()
