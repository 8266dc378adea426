"""Named games of the literature with their known equilibria, exactly, and where they come from."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

Mixture = Sequence[Fraction | float]


@dataclass(frozen=True)
class Classic:
    """A game and what is known about it.

    Attributes
    ----------
    name, source : str
    payoffs : one table for each player
    equilibria : tuple of profiles of mixtures
        Equilibria that any solver should list: every pure one, and mixed ones where a method
        reaches them.
    total : int or None
        How many equilibria the game has; None where they form a continuum.
    """

    name: str
    source: str
    payoffs: tuple[object, ...]
    equilibria: tuple[tuple[Mixture, ...], ...]
    total: int | None

    def __str__(self) -> str:
        return self.name


def mixed(*texts: str) -> tuple[Mixture, ...]:
    """Read ``"1/2 1/2"`` as a mixture, one text for each player."""
    return tuple(tuple(map(Fraction, text.split())) for text in texts)


def pure(*profiles: tuple[int, ...], shape: Sequence[int]) -> tuple[tuple[Mixture, ...], ...]:
    return tuple(
        tuple(
            tuple(Fraction(k == option) for k in range(count))
            for option, count in zip(profile, shape, strict=True)
        )
        for profile in profiles
    )


def symmetric(table: Sequence[Sequence[int]]) -> tuple[object, object]:
    return (table, [list(column) for column in zip(*table, strict=True)])


def zero_sum(table: Sequence[Sequence[int]]) -> tuple[object, object]:
    return (table, [[-cell for cell in row] for row in table])


def from_cells(shape: Sequence[int], cells: object) -> tuple[np.ndarray, ...]:
    """Make a table for each player from a function of the profile that gives all payoffs."""
    tables = np.zeros((len(shape), *shape), dtype=int)
    for profile in itertools.product(*map(range, shape)):
        tables[(slice(None), *profile)] = cells(profile)
    return tuple(tables)


# Payoffs as printed, the column player's after the row player's; the second number moves fastest.
NAU = {
    (0, 0, 0): (3, 0, 2), (0, 1, 0): (0, 2, 0), (1, 0, 0): (0, 1, 0), (1, 1, 0): (1, 0, 0),
    (0, 0, 1): (1, 0, 0), (0, 1, 1): (0, 1, 0), (1, 0, 1): (0, 3, 0), (1, 1, 1): (2, 0, 3),
}  # fmt: skip
MCKELVEY_MCLENNAN = {
    (0, 0, 0): (9, 8, 12), (1, 1, 0): (9, 8, 2), (0, 1, 1): (3, 4, 6), (1, 0, 1): (3, 4, 6),
}  # fmt: skip
STENGEL = (
    [
        [9504, -660, 19976, -20526, 1776, -8976],
        [-111771, 31680, -130944, 168124, -8514, 52764],
        [397584, -113850, 451176, -586476, 29216, -178761],
        [171204, -45936, 208626, -263076, 14124, -84436],
        [1303104, -453420, 1227336, -1718376, 72336, -461736],
        [737154, -227040, 774576, -1039236, 48081, -300036],
    ],
    [
        [72336, 48081, 29216, 14124, 1776, -8514],
        [-461736, -300036, -178761, -84436, -8976, 52764],
        [1227336, 774576, 451176, 208626, 19976, -130944],
        [-1718376, -1039236, -586476, -263076, -20526, 168124],
        [1303104, 737154, 397584, 171204, 9504, -111771],
        [-453420, -227040, -113850, -45936, -660, 31680],
    ],
)

ROOT = 601**0.5


def volunteers(profile: tuple[int, ...]) -> list[int]:
    return [4 * any(profile) - own for own in profile]


def volunteers_of(players: int, worth: int, cost: int) -> tuple[np.ndarray, ...]:
    """Return the game in which one volunteer is enough for all."""
    return from_cells(
        (2,) * players, lambda p: [worth * any(p) - cost * volunteers for volunteers in p]
    )


def volunteering(players: int, stay_out: float) -> tuple[Mixture, ...]:
    """Return the profile in which everybody stays out with this probability."""
    return ((stay_out, 1 - stay_out),) * players


def traveller(profile: tuple[int, ...]) -> list[int]:
    own, other = profile
    return [
        min(own, other) + 2 + 2 * np.sign(other - own),
        min(own, other) + 2 + 2 * np.sign(own - other),
    ]


TWO_PLAYERS = (
    Classic(
        "prisoners_dilemma",
        "Luce and Raiffa, Games and Decisions (1957), 5.4; payoffs of Axelrod (1984)",
        symmetric([[3, 0], [5, 1]]),
        pure((1, 1), shape=(2, 2)),
        1,
    ),
    Classic(
        "matching_pennies",
        "Osborne and Rubinstein, A Course in Game Theory (1994), example 17.3",
        zero_sum([[1, -1], [-1, 1]]),
        (mixed("1/2 1/2", "1/2 1/2"),),
        1,
    ),
    Classic(
        "battle_of_the_sexes",
        "Osborne and Rubinstein (1994), example 15.3",
        ([[2, 0], [0, 1]], [[1, 0], [0, 2]]),
        (*pure((0, 0), (1, 1), shape=(2, 2)), mixed("2/3 1/3", "1/3 2/3")),
        3,
    ),
    Classic(
        "chicken",
        "Brams, Superpower Games (1985): ranks 1 to 4",
        symmetric([[3, 2], [4, 1]]),
        (*pure((0, 1), (1, 0), shape=(2, 2)), mixed("1/2 1/2", "1/2 1/2")),
        3,
    ),
    Classic(
        "stag_hunt",
        "Osborne, An Introduction to Game Theory (2004), 2.5",
        symmetric([[2, 0], [1, 1]]),
        (*pure((0, 0), (1, 1), shape=(2, 2)), mixed("1/2 1/2", "1/2 1/2")),
        3,
    ),
    Classic(
        "asymmetric_pennies",
        "Goeree and Holt, Ten Little Treasures of Game Theory, American Economic Review (2001)",
        ([[320, 40], [40, 80]], [[40, 80], [80, 40]]),
        (mixed("1/2 1/2", "1/8 7/8"),),
        1,
    ),
    Classic(
        "rock_paper_scissors",
        "folklore",
        zero_sum([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]),
        (mixed("1/3 1/3 1/3", "1/3 1/3 1/3"),),
        1,
    ),
    Classic(
        "fashion_cycle",
        "Shapley, Some Topics in Two-Person Games (1964): fictitious play does not converge",
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[0, 1, 0], [0, 0, 1], [1, 0, 0]]),
        (mixed("1/3 1/3 1/3", "1/3 1/3 1/3"),),
        1,
    ),
    Classic(
        "four_cards",
        "O'Neill, Proceedings of the National Academy of Sciences 84 (1987)",
        zero_sum([[1, -1, -1, -1], [-1, -1, 1, 1], [-1, 1, -1, 1], [-1, 1, 1, -1]]),
        (mixed("2/5 1/5 1/5 1/5", "2/5 1/5 1/5 1/5"),),
        1,
    ),
    Classic(
        "inaccessible",
        "Wilson's example in Shapley, A note on the Lemke-Howson algorithm (1974)",
        ([[0, 3, 0], [2, 2, 0], [3, 0, 1]], [[0, 2, 3], [3, 2, 0], [0, 0, 1]]),
        (
            *pure((2, 2), shape=(3, 3)),
            mixed("1/3 2/3 0", "1/3 2/3 0"),
            mixed("1/6 1/3 1/2", "1/6 1/3 1/2"),
        ),
        3,
    ),
    Classic(
        "travellers_dilemma",
        "Basu, The Traveler's Dilemma, American Economic Review (1994), claims of 2 to 6",
        from_cells((5, 5), traveller),
        pure((0, 0), shape=(5, 5)),
        1,
    ),
    Classic(
        "mixed_domination",
        "Gambit's collection of games: two of each player's four options are dominated in turn",
        zero_sum([[6, 7, 5, 1], [2, 1, 4, 3], [1, 2, 6, 7], [4, 5, 7, 2]]),
        (mixed("6/11 0 5/11 0", "6/11 0 0 5/11"),),
        1,
    ),
)

MORE_PLAYERS = (
    Classic(
        "three_player_pennies",
        "Jordan, Three Problems in Learning Mixed-Strategy Nash Equilibria (1993)",
        from_cells((2, 2, 2), lambda p: [p[0] == p[1], p[1] == p[2], p[2] != p[0]]),
        (mixed("1/2 1/2", "1/2 1/2", "1/2 1/2"),),
        1,
    ),
    Classic(
        "irrational",
        "Nau, Gomez Canovas and Hansen, On the geometry of Nash and correlated equilibria (2004)",
        from_cells((2, 2, 2), NAU.__getitem__),
        (
            (
                ((53 - ROOT) / 46, (ROOT - 7) / 46),
                ((ROOT - 13) / 24, (37 - ROOT) / 24),
                ((ROOT - 23) / 4, (27 - ROOT) / 4),
            ),
        ),
        1,
    ),
    Classic(
        "nine_equilibria",
        "McKelvey and McLennan, The maximal number of regular totally mixed equilibria (1997)",
        from_cells((2, 2, 2), lambda p: MCKELVEY_MCLENNAN.get(p, (0, 0, 0))),
        (
            *pure((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0), shape=(2, 2, 2)),
            mixed("0 1", "1/4 3/4", "1/3 2/3"),
            mixed("1/3 2/3", "1 0", "1/4 3/4"),
            mixed("1/2 1/2", "1/2 1/2", "1 0"),
            mixed("2/5 3/5", "1/2 1/2", "1/3 2/3"),
            mixed("1/2 1/2", "2/5 3/5", "1/4 3/4"),
        ),
        9,
    ),
    Classic(
        "volunteers",
        "Diekmann, Volunteer's Dilemma, Journal of Conflict Resolution (1985): worth 4, cost 1",
        from_cells((2, 2, 2), volunteers),
        pure((0, 0, 1), (0, 1, 0), (1, 0, 0), shape=(2, 2, 2)),
        7,
    ),
    Classic(
        "public_good",
        "a linear public good among four: every unit given is worth 2/5 of a unit to each",
        from_cells((2, 2, 2, 2), lambda p: [2 * sum(p) - 5 * own for own in p]),
        pure((0, 0, 0, 0), shape=(2, 2, 2, 2)),
        1,
    ),
    Classic(
        "pennies_with_a_watcher",
        "matching pennies beside a third player without a choice",
        from_cells((2, 2, 1), lambda p: [p[0] == p[1], p[0] != p[1], 3]),
        (mixed("1/2 1/2", "1/2 1/2", "1"),),
        1,
    ),
)

# With n players each set of two or more mixes in one equilibrium, all of it with the same
# probability, while the rest stay out; and one volunteer alone: 2^n - 1 in all.
VOLUNTEERS = (
    Classic(
        "volunteers_of_three",
        "Diekmann (1985): everybody stays out with probability (cost / worth)^(1 / (n - 1))",
        volunteers_of(3, worth=4, cost=1),
        (
            *pure((0, 0, 1), (0, 1, 0), (1, 0, 0), shape=(2, 2, 2)),
            mixed("1/2 1/2", "1/2 1/2", "1/2 1/2"),
            mixed("1/4 3/4", "1/4 3/4", "1 0"),
            mixed("1/4 3/4", "1 0", "1/4 3/4"),
            mixed("1 0", "1/4 3/4", "1/4 3/4"),
        ),
        7,
    ),
    Classic(
        "volunteers_of_four",
        "Diekmann (1985)",
        volunteers_of(4, worth=8, cost=1),
        (
            *pure((0, 0, 0, 1), (0, 0, 1, 0), (0, 1, 0, 0), (1, 0, 0, 0), shape=(2,) * 4),
            mixed("1/2 1/2", "1/2 1/2", "1/2 1/2", "1/2 1/2"),
            mixed("1/8 7/8", "1/8 7/8", "1 0", "1 0"),
            (*volunteering(3, 8**-0.5), (1, 0)),
        ),
        15,
    ),
    Classic(
        "volunteers_of_five",
        "Diekmann (1985)",
        volunteers_of(5, worth=16, cost=1),
        (
            *pure(*(tuple(int(k == i) for k in range(5)) for i in range(5)), shape=(2,) * 5),
            mixed("1/2 1/2", "1/2 1/2", "1/2 1/2", "1/2 1/2", "1/2 1/2"),
            (*volunteering(4, 16 ** (-1 / 3)), (1, 0)),
            mixed("1/4 3/4", "1/4 3/4", "1/4 3/4", "1 0", "1 0"),
        ),
        31,
    ),
)

GENERIC = (
    Classic(
        "inspection",
        "Fudenberg and Tirole, Game Theory (1991), example 1.7: wage 4, effort 1, inspection 1",
        ([[0, 4], [3, 3]], [[-1, -4], [1, 2]]),
        (mixed("1/4 3/4", "1/4 3/4"),),
        1,
    ),
    Classic(
        "aumanns_chicken",
        "Aumann, Subjectivity and correlation in randomized strategies (1974)",
        symmetric([[6, 2], [7, 0]]),
        (*pure((0, 1), (1, 0), shape=(2, 2)), mixed("2/3 1/3", "2/3 1/3")),
        3,
    ),
    Classic(
        "unanimity",
        "three players win if all choose the same",
        from_cells((2, 2, 2), lambda p: [len(set(p)) == 1] * 3),
        (*pure((0, 0, 0), (1, 1, 1), shape=(2, 2, 2)), mixed("1/2 1/2", "1/2 1/2", "1/2 1/2")),
        3,
    ),
    Classic(
        "stag_hunt_of_three",
        "Rousseau's hunt: the stag is worth 2 and takes all three, a hare is worth 1",
        from_cells((2, 2, 2), lambda p: [2 * all(p) if own else 1 for own in p]),
        (
            *pure((0, 0, 0), (1, 1, 1), shape=(2, 2, 2)),
            ((1 - 2**-0.5, 2**-0.5),) * 3,
        ),
        3,
    ),
    Classic(
        "market_entry",
        "Selten and Gueth, Equilibrium point selection in a class of market entry games (1982): "
        "four firms, capacity 5/2",
        from_cells((2, 2, 2, 2), lambda p: [(5 - 2 * sum(p)) * own for own in p]),
        (
            *pure(
                *(p for p in itertools.product(range(2), repeat=4) if sum(p) == 2),
                shape=(2, 2, 2, 2),
            ),
            mixed("1/2 1/2", "1/2 1/2", "1/2 1/2", "1/2 1/2"),
            mixed("1/4 3/4", "1/4 3/4", "1/4 3/4", "1 0"),
            mixed("3/4 1/4", "3/4 1/4", "3/4 1/4", "0 1"),
            mixed("1/2 1/2", "1/2 1/2", "1 0", "0 1"),
        ),
        27,
    ),
    Classic(
        "el_farol",
        "Arthur, Inductive Reasoning and Bounded Rationality (1994), with four guests: two "
        "at most have a good evening",
        from_cells((2, 2, 2, 2), lambda p: [own * (1 if sum(p) <= 2 else -1) for own in p]),
        (
            *pure(
                *(p for p in itertools.product(range(2), repeat=4) if sum(p) == 2),
                shape=(2, 2, 2, 2),
            ),
            mixed("1/2 1/2", "1/2 1/2", "1/2 1/2", "1/2 1/2"),
            mixed("1/2 1/2", "1/2 1/2", "1 0", "0 1"),
            (*[(1 - 2**-0.5, 2**-0.5)] * 3, (1, 0)),
            (*[(2**-0.5, 1 - 2**-0.5)] * 3, (0, 1)),
        ),
        27,
    ),
)
