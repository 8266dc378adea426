"""Games and scenario files for tests: random ones, ones full of ties, and small files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as drawn

from counterplay.games import Game
from counterplay.scenario import Scenario, load

LAW = settings(derandomize=True, deadline=None, max_examples=40, database=None)
"""Hypothesis settings of a law that solves a game for each example."""

SMALL_SHAPES = (
    (2, 2), (3, 2), (2, 3), (3, 3), (1, 3), (4, 1), (1, 1),
    (2, 2, 2), (3, 2, 2), (2, 1, 3), (2, 2, 2, 2), (3, 3, 3),
)  # fmt: skip
"""Option counts: two to four players, with and without a player who has no choice."""

FLAGSHIP = "korea-ukraine"


def uniform_payoffs(seed: int, shape: Sequence[int]) -> list[np.ndarray]:
    """Return integers from -50 to 50, drawn once for each player: the games of solver reviews."""
    generator = np.random.default_rng(seed)
    return [generator.integers(-50, 51, size=tuple(shape)) for _ in shape]


def tied_payoffs(seed: int, shape: Sequence[int], top: int = 3) -> list[np.ndarray]:
    """Return integers from 0 to `top`: expert scores, in which ties are the rule."""
    generator = np.random.default_rng(seed)
    return [generator.integers(0, top + 1, size=tuple(shape)) for _ in shape]


def uniform_game(seed: int, shape: Sequence[int]) -> Game:
    return Game.from_payoffs(uniform_payoffs(seed, shape))


def tied_game(seed: int, shape: Sequence[int], top: int = 3) -> Game:
    return Game.from_payoffs(tied_payoffs(seed, shape, top))


@st.composite
def tables(
    draw: st.DrawFn, shapes: Sequence[tuple[int, ...]] = SMALL_SHAPES, top: int = 3
) -> np.ndarray:
    """Draw integer payoffs from 0 to `top`, shape (n, m_1, ..., m_n)."""
    shape = draw(st.sampled_from(shapes))
    return draw(drawn.arrays(np.int64, (len(shape), *shape), elements=st.integers(0, top)))


@st.composite
def mixed_profiles(draw: st.DrawFn, shape: Sequence[int]) -> tuple[np.ndarray, ...]:
    """Draw a probability vector for each player; zeros are common."""
    vectors = []
    for count in shape:
        weights = np.array(draw(st.lists(st.integers(0, 5), min_size=count, max_size=count)))
        vectors.append(weights / weights.sum() if weights.any() else np.full(count, 1 / count))
    return tuple(vectors)


def random_profile(generator: np.random.Generator, shape: Sequence[int]) -> tuple[np.ndarray, ...]:
    """Return a probability vector for each player, every option possible."""
    return tuple(generator.dirichlet(np.ones(count)) for count in shape)


def random_values(
    scenario: Scenario, generator: np.random.Generator, reach: float = 1.0
) -> dict[str, float]:
    """Return every parameter at random, at most `reach` of the way to the ends of its range."""
    return {
        p.id: float(
            generator.uniform(
                p.default - reach * (p.default - p.low), p.default + reach * (p.high - p.default)
            )
        )
        for p in scenario.parameters
    }


def table_scenario(
    folder: Path,
    payoffs: Mapping[str, object],
    parameters: Mapping[str, tuple[float, float, float]] | None = None,
    more: str = "",
) -> Scenario:
    """Write a scenario of payoff tables to a file, and load it.

    Parameters
    ----------
    folder : Path
    payoffs : mapping from player id to nested lists of numbers and formulas
    parameters : mapping from id to default, low, high
    more : str
        Further lines of the file.
    """
    shape = np.array(next(iter(payoffs.values())), dtype=object).shape
    lines = ["format: 1", "id: made", "title: Made for a test", "players:"]
    for player, count in zip(payoffs, shape, strict=True):
        lines += [f"  - id: {player}", f"    label: {player.title()}", "    options:"]
        lines += [
            line
            for k in range(count)
            for line in (f"      - id: {player}{k}", f"        label: Option {player}{k}")
        ]
    if parameters:
        lines.append("parameters:")
        for name, (default, low, high) in parameters.items():
            lines += [f"  - id: {name}", f"    label: {name}", f"    default: {default!r}"]
            lines += [f"    low: {low!r}", f"    high: {high!r}"]
    lines.append("payoffs:")
    lines += [f"  {player}: {_flow(table)}" for player, table in payoffs.items()]
    path = folder / "made.yaml"
    path.write_text("\n".join([*lines, more]) + "\n", encoding="utf-8")
    return load(path)


def _flow(table: object) -> str:
    if isinstance(table, (list, tuple, np.ndarray)):
        return "[" + ", ".join(_flow(part) for part in table) + "]"
    return f'"{table}"' if isinstance(table, str) else repr(table)
