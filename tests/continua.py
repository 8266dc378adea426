"""Named games whose equilibria form continua: the connected pieces, and what is known of each."""

from dataclasses import dataclass

import numpy as np
from tests.classics import Mixture, from_cells, mixed, pure

Member = tuple[Mixture, ...]


@dataclass(frozen=True)
class Component:
    """A connected piece of the set of equilibria.

    Attributes
    ----------
    index : int or None
        None where nobody worked it out.
    members : tuple of profiles
        Some of its equilibria; where one is given, it may be the only one.
    """

    index: int | None
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Continuum:
    """A game and all components of its equilibria."""

    name: str
    source: str
    payoffs: tuple[object, ...]
    components: tuple[Component, ...]

    def __str__(self) -> str:
        return self.name


def battle(profile: tuple[int, ...], stake: int = 1) -> list[int]:
    """Pay both players of the battle of the sexes."""
    return [stake * cell for cell in {(0, 0): (2, 1), (1, 1): (1, 2)}.get(profile, (0, 0))]


def with_third(*profiles: Member) -> tuple[Member, ...]:
    """Return two players' profiles with every kind of choice of a third."""
    thirds = mixed("1 0", "0 1", "1/3 2/3")
    return tuple((*profile, third) for profile in profiles for third in thirds)


def everywhere(*shape: int) -> tuple[Member, ...]:
    """Return the corners of all profiles, and two points inside."""
    corners = pure(*np.ndindex(*shape), shape=shape)
    inside = tuple(np.arange(1, m + 1) / sum(range(1, m + 1)) for m in shape)
    return (*corners, tuple(np.full(m, 1 / m) for m in shape), inside)


FIRST, SECOND = pure((0, 0), (1, 1), shape=(2, 2))
BETWEEN = mixed("2/3 1/3", "1/3 2/3")
BATTLES = (
    Component(1, with_third(FIRST)),
    Component(1, with_third(SECOND)),
    Component(-1, with_third(BETWEEN)),
)

NAU_CONTINUUM = {
    (0, 0, 1): (1, 1, 0), (1, 0, 0): (3, 0, 0), (0, 1, 0): (0, 3, 0), (0, 0, 0): (0, 0, 2),
    (1, 1, 1): (0, 0, 3),
}  # fmt: skip
NAU_SEGMENT = (
    [[[2, 1, 1, 2], [0, 0, 0, 0]], [[0, 0, 0, 0], [1, 2, 2, 1]]],
    [[[0, 0, 0, 0], [1, 2, 1, 2]], [[2, 1, 2, 1], [0, 0, 0, 0]]],
    [[[0, 2, 1, 1], [1, 1, 2, 0]], [[1, 1, 0, 2], [2, 0, 1, 1]]],
)


def horse(profile: tuple[int, ...]) -> tuple[int, ...]:
    """Pay at the end of the tree: the third player sees that one of the others went down."""
    first_down, second_down, right = profile
    if first_down:
        return (0, 0, 0) if right else (3, 2, 2)
    if second_down:
        return (0, 0, 1) if right else (4, 4, 0)
    return (1, 1, 1)


def minority(profile: tuple[int, ...]) -> list[bool]:
    return [profile.count(own) == 1 for own in profile]


def threshold(profile: tuple[int, ...]) -> list[int]:
    return [2 * (sum(profile) >= 2) - own for own in profile]


CONTINUA = (
    Continuum(
        "seltens_horse",
        "Selten, Reexamination of the perfectness concept (1975), figure 1: only the first "
        "component holds a perfect equilibrium",
        from_cells((2, 2, 2), horse),
        (
            Component(1, (mixed("1 0", "1 0", "0 1"), mixed("1 0", "1 0", "1/4 3/4"))),
            Component(0, (mixed("0 1", "1 0", "1 0"), mixed("0 1", "1/3 2/3", "1 0"))),
        ),
    ),
    Continuum(
        "nau_curve",
        "Nau, Gomez Canovas and Hansen (2004), section 5: a curve of completely mixed equilibria",
        from_cells((2, 2, 2), lambda p: NAU_CONTINUUM.get(p, (0, 0, 0))),
        (
            Component(
                1,
                (
                    *pure((0, 1, 0), (1, 0, 0), shape=(2, 2, 2)),
                    mixed("1 0", "0 1", "1/4 3/4"),
                    mixed("0 1", "1 0", "1/4 3/4"),
                    mixed("1/2 1/2", "3/5 2/5", "1/4 3/4"),
                ),
            ),
            Component(0, pure((1, 1, 1), shape=(2, 2, 2))),
        ),
    ),
    Continuum(
        "nau_segment",
        "Nau, Gomez Canovas and Hansen (2004), section 6: a segment inside the polytope of "
        "correlated equilibria",
        NAU_SEGMENT,
        (
            Component(
                1,
                (
                    mixed("1/2 1/2", "1/2 1/2", "1/2 1/2 0 0"),
                    mixed("1/2 1/2", "1/2 1/2", "1/4 1/4 1/4 1/4"),
                    mixed("1/2 1/2", "1/2 1/2", "0 0 1/2 1/2"),
                ),
            ),
        ),
    ),
    Continuum(
        "battle_with_a_dummy",
        "the battle of the sexes beside a third player whose choice changes nothing",
        from_cells((2, 2, 2), lambda p: [*battle(p[:2]), 0]),
        BATTLES,
    ),
    Continuum(
        "battle_with_stakes",
        "a third player, always indifferent, doubles the stakes of the battle of the sexes",
        from_cells((2, 2, 2), lambda p: [*battle(p[:2], 1 + p[2]), 0]),
        BATTLES,
    ),
    Continuum(
        "indifferent_at_a_strict_profile",
        "two players have dominant options; the third does not care while they use them",
        from_cells((2, 2, 2), lambda p: [2 - p[0], 2 - p[1], p[2] if any(p[:2]) else 0]),
        (Component(1, with_third(FIRST)),),
    ),
    Continuum(
        "nothing_at_stake",
        "all payoffs are equal",
        from_cells((2, 2, 2), lambda _: [0, 0, 0]),
        (Component(1, everywhere(2, 2, 2)),),
    ),
    Continuum(
        "gifts_at_no_cost",
        "a linear public good: what is given costs its owner as much as it returns to it",
        from_cells((2, 2, 2), lambda p: [sum(p) - own for own in p]),
        (Component(1, everywhere(2, 2, 2)),),
    ),
    Continuum(
        "pennies_with_a_copy",
        "matching pennies; the second player's first option is there twice",
        ([[1, -1, 1], [-1, 1, -1]], [[-1, 1, -1], [1, -1, 1]]),
        (
            Component(
                1,
                (
                    mixed("1/2 1/2", "1/2 1/2 0"),
                    mixed("1/2 1/2", "0 1/2 1/2"),
                    mixed("1/2 1/2", "1/6 1/2 1/3"),
                ),
            ),
        ),
    ),
    Continuum(
        "three_player_pennies_with_a_copy",
        "Jordan's game (1993); the third player's last option is there twice",
        from_cells((2, 2, 3), lambda p: [p[0] == p[1], p[1] == (p[2] > 0), (p[2] > 0) != p[0]]),
        (
            Component(
                1,
                (
                    mixed("1/2 1/2", "1/2 1/2", "1/2 1/2 0"),
                    mixed("1/2 1/2", "1/2 1/2", "1/2 0 1/2"),
                    mixed("1/2 1/2", "1/2 1/2", "1/2 1/6 1/3"),
                ),
            ),
        ),
    ),
    Continuum(
        "kohlberg_mertens",
        "Kohlberg and Mertens, On the strategic stability of equilibria (1986): a loop",
        (
            [[1, 0, -1], [-1, 0, -1], [1, 0, -2]],
            [[1, -1, 1], [0, 0, 0], [-1, -1, -2]],
        ),
        (Component(1, pure((0, 0), (0, 2), (1, 1), (1, 2), (2, 0), (2, 1), shape=(3, 3))),),
    ),
    Continuum(
        "stengel_segment",
        "Von Stengel, Computing equilibria for two-person games (2002)",
        ([[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]]),
        (
            Component(1, (mixed("0 1/3 2/3", "1/3 2/3"),)),
            Component(0, (mixed("1 0 0", "1 0"), mixed("1 0 0", "2/3 1/3"))),
        ),
    ),
    Continuum(
        "minority",
        "Challet and Zhang (1997), with three players: who is alone wins",
        from_cells((2, 2, 2), minority),
        (
            Component(1, (mixed("1/2 1/2", "1/2 1/2", "1/2 1/2"),)),
            Component(
                0,
                (
                    *pure(
                        (0, 0, 1), (0, 1, 0), (0, 1, 1), (1, 0, 0), (1, 0, 1), (1, 1, 0),
                        shape=(2, 2, 2),
                    ),
                    mixed("1/3 2/3", "1 0", "0 1"),
                ),
            ),
        ),
    ),
    Continuum(
        "threshold_public_good",
        "two givers of four are enough: worth 2, cost 1",
        from_cells((2, 2, 2, 2), threshold),
        (
            Component(1, pure((0, 0, 0, 0), shape=(2, 2, 2, 2))),
            *(
                Component(1, pure(profile, shape=(2, 2, 2, 2)))
                for profile in np.ndindex(2, 2, 2, 2)
                if sum(profile) == 2
            ),
            Component(
                -6,
                (
                    mixed("1/2 1/2", "1/2 1/2", "1 0", "1 0"),
                    mixed("1 0", "1/2 1/2", "1/2 1/2", "1 0"),
                    mixed("1 0", "1/2 1/2", "1 0", "1/2 1/2"),
                    mixed("1/2 1/2", "1/2 1/2", "0 1", "1 0"),
                    mixed("1/2 1/2", "2/3 1/3", "1/2 1/2", "1 0"),
                ),
            ),
        ),
    ),
)  # fmt: skip
