"""Two-player games for which other solvers return fewer equilibria than there are, or none."""

from tests.classics import Classic, mixed, pure, zero_sum
from tests.factories import uniform_payoffs

MISSED_ELSEWHERE = (
    Classic(
        "uniform_3x3_seed_6",
        "the game of `uniform_payoffs(6, (3, 3))`; Nashpy's support enumeration finds none",
        tuple(uniform_payoffs(6, (3, 3))),
        (mixed("35/71 0 36/71", "7/29 0 22/29"),),
        1,
    ),
    Classic(
        "nashpy_41",
        "Nashpy's issue 41",
        zero_sum([[0, -1, 1, 1], [1, 0, -1, -1], [-1, 1, 0, -1], [-1, 1, 1, 0]]),
        (mixed("1/3 1/3 0 1/3", "1/3 1/3 0 1/3"),),
        None,
    ),
    Classic(
        "nashpy_39",
        "Nashpy's issue 39",
        zero_sum([[0, 1, 0, -1], [-1, 0, 1, 1], [0, -1, 0, 1], [1, -1, -1, 0]]),
        (
            mixed("1/2 0 1/2 0", "1/2 0 1/2 0"),
            mixed("1/2 0 1/2 0", "1/3 1/3 0 1/3"),
            mixed("1/3 1/3 0 1/3", "1/2 0 1/2 0"),
            mixed("1/3 1/3 0 1/3", "1/3 1/3 0 1/3"),
        ),
        None,
    ),
    Classic(
        "nashpy_82",
        "Nashpy's issue 82: eight equilibria between two minimisers",
        (
            [[0, 0, -6, 0, 0], [0, 0, -3, -2, -1], [-4, -3, 0, 0, -1]],
            [[-3, 0, -2, -1, 0], [0, -2, 0, 0, -4], [-4, 0, -2, -4, -4]],
        ),
        (
            *pure((0, 1), (0, 4), (1, 0), shape=(3, 5)),
            mixed("2/3 1/3 0", "0 1 0 0 0"),
            mixed("1/3 1/2 1/6", "0 4/9 2/9 1/3 0"),
            mixed("0 1/2 1/2", "0 1/2 1/2 0 0"),
            mixed("0 1 0", "3/7 0 4/7 0 0"),
            mixed("0 1 0", "3/8 0 1/4 3/8 0"),
        ),
        None,
    ),
    Classic(
        "nashpy_222",
        "Nashpy's issue 222: an edge of equilibria; its ends",
        ([[-3, 3], [-3, 5]], [[2, 7], [4, 2]]),
        (*pure((1, 0), shape=(2, 2)), mixed("2/7 5/7", "1 0")),
        None,
    ),
    Classic(
        "nashpy_231",
        "Nashpy's issue 231",
        zero_sum(
            [
                [0, -1, -1, -1, 1, -1],
                [1, 0, 1, -1, -1, -1],
                [1, -1, 0, -1, -1, 1],
                [1, 1, 1, 0, -1, -1],
                [-1, 1, 1, 1, 0, -1],
                [1, 1, -1, 1, 1, 0],
            ]
        ),
        (mixed("0 0 1/3 0 1/3 1/3", "0 0 1/3 0 1/3 1/3"),),
        None,
    ),
)
