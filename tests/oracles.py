"""Slow, plain answers to check the engine's against: loops over profiles, and exact fractions."""

import itertools
import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

Payoffs = Sequence[object]
"""For each player a table indexed by one option of every player."""


def cell(table: object, profile: Sequence[int]) -> object:
    for option in profile:
        table = table[option]
    return table


def profiles(shape: Sequence[int]) -> Iterator[tuple[int, ...]]:
    return itertools.product(*map(range, shape))


def reply_values(payoffs: Payoffs, strategies: Sequence[Sequence[object]], player: int) -> list:
    """Return what each option of `player` pays against the others' strategies."""
    shape = [len(vector) for vector in strategies]
    values = [0] * shape[player]
    for profile in profiles(shape):
        chance = math.prod(strategies[j][k] for j, k in enumerate(profile) if j != player)
        values[profile[player]] += chance * cell(payoffs[player], profile)
    return values


def regrets(payoffs: Payoffs, strategies: Sequence[Sequence[object]]) -> list:
    """Return what each player gains at most by deviating."""
    found = []
    for player, vector in enumerate(strategies):
        values = reply_values(payoffs, strategies, player)
        found.append(max(values) - sum(p * u for p, u in zip(vector, values, strict=True)))
    return found


def spread(table: object, shape: Sequence[int]) -> float:
    """Return one player's greatest payoff less its least, or 1 where they are the same."""
    cells = [cell(table, profile) for profile in profiles(shape)]
    return float(max(cells) - min(cells)) or 1.0


def pure_equilibria(payoffs: Payoffs, shape: Sequence[int]) -> list[tuple[int, ...]]:
    """Return every profile from which no player gains, in lexicographic order."""
    return [profile for profile in profiles(shape) if _is_stable(payoffs, shape, profile)]


def _is_stable(payoffs: Payoffs, shape: Sequence[int], profile: tuple[int, ...]) -> bool:
    for player, table in enumerate(payoffs):
        here = cell(table, profile)
        for option in range(shape[player]):
            if cell(table, (*profile[:player], option, *profile[player + 1 :])) > here:
                return False
    return True


def surviving_options(payoffs: Payoffs, shape: Sequence[int]) -> list[list[int]]:
    """Return what is left after iterated strict dominance by single options."""
    kept = [list(range(count)) for count in shape]
    while True:
        doomed = [
            (player, option)
            for player in range(len(shape))
            for option in kept[player]
            if any(_beats(payoffs[player], player, other, option, kept) for other in kept[player])
        ]
        if not doomed:
            return kept
        for player, option in doomed:
            kept[player].remove(option)


def _beats(table: object, player: int, better: int, option: int, kept: list[list[int]]) -> bool:
    others = [options if j != player else [option] for j, options in enumerate(kept)]
    return all(
        cell(table, (*profile[:player], better, *profile[player + 1 :])) > cell(table, profile)
        for profile in itertools.product(*others)
    )


def solve(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction] | None:
    """Solve a linear system exactly.

    Returns
    -------
    list of Fraction or None
        The only solution; None where there is none, the empty list where a column depends on
        others, so that there is none or many.
    """
    rows = [[*map(Fraction, row), Fraction(b)] for row, b in zip(matrix, right, strict=True)]
    width = len(matrix[0])
    for column in range(width):
        pivot = next((r for r in range(column, len(rows)) if rows[r][column] != 0), None)
        if pivot is None:
            return []
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [x / rows[column][column] for x in rows[column]]
        for r, row in enumerate(rows):
            if r != column and row[column] != 0:
                rows[r] = [x - row[column] * y for x, y in zip(row, rows[column], strict=True)]
    if any(row[-1] != 0 for row in rows[width:]):
        return None
    return [row[-1] for row in rows[:width]]


def is_degenerate(first: Sequence[Sequence[int]], second: Sequence[Sequence[int]]) -> bool:
    """Say whether some mixture over k options leaves k + 1 replies equally good, or may do so.

    Mixtures with negative shares count too, so that some nondegenerate games are called
    degenerate; the contrary does not occur.
    """
    transposed = [list(column) for column in zip(*first, strict=True)]
    return _ties(transposed) or _ties([list(row) for row in second])


def _ties(paid: list[list[int]]) -> bool:
    """`paid[k][r]` is what the replying player gets from its option r against option k."""
    mixing, replying = len(paid), len(paid[0])
    for size in range(1, min(mixing, replying - 1) + 1):
        for support in itertools.combinations(range(mixing), size):
            for replies in itertools.combinations(range(replying), size + 1):
                gaps = [[paid[k][r] - paid[k][replies[0]] for k in support] for r in replies[1:]]
                ones = [Fraction(1)] * size
                if solve([*gaps, ones], [*[Fraction(0)] * size, Fraction(1)]) is not None:
                    return True
    return False


def bimatrix_equilibria(
    first: Sequence[Sequence[int]], second: Sequence[Sequence[int]]
) -> list[tuple[list[Fraction], list[Fraction]]]:
    """Return every equilibrium of a nondegenerate two-player game, by its supports, exactly."""
    rows, columns = len(first), len(first[0])
    found = []
    for size in range(1, min(rows, columns) + 1):
        for own in itertools.combinations(range(rows), size):
            for other in itertools.combinations(range(columns), size):
                x = _mixture(own, rows, [[second[i][j] for i in own] for j in other])
                y = _mixture(other, columns, [[first[i][j] for j in other] for i in own])
                if x and y and max(regrets([first, second], [x, y])) == 0:
                    found.append((x, y))
    return found


def _mixture(
    support: tuple[int, ...], count: int, equal: list[list[int]]
) -> list[Fraction] | None:
    """Return the mixture over `support`, all shares positive, that makes the rows pay the same."""
    gaps = [[a - b for a, b in zip(row, equal[0], strict=True)] for row in equal[1:]]
    shares = solve(
        [*gaps, [Fraction(1)] * len(support)], [*[Fraction(0)] * len(gaps), Fraction(1)]
    )
    if not shares or min(shares) <= 0:
        return None
    vector = [Fraction(0)] * count
    for option, share in zip(support, shares, strict=True):
        vector[option] = share
    return vector
