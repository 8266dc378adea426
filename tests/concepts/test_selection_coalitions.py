"""Pareto-undominated, strong and coalition-proof equilibria against plain definitions."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from tests.factories import LAW, SMALL_SHAPES, tables, uniform_payoffs

from counterplay.concepts import certify, nash, pure_equilibria
from counterplay.concepts.selection import coalition_proof, pareto_undominated, strong
from counterplay.concepts.selection.payoff_order import payoff_ranks, ranked_best_replies
from counterplay.errors import GameError
from counterplay.games import Game, best_replies, pure_strategies

SMALL = tuple(shape for shape in SMALL_SHAPES if np.prod(shape) <= 16)

# Bernheim, Peleg and Whinston (1987), their first example: rows, columns, boxes.
BERNHEIM_PELEG_WHINSTON = {
    (0, 0, 0): (1, 1, -5), (0, 1, 0): (-5, -5, 0), (1, 0, 0): (-5, -5, 0), (1, 1, 0): (0, 0, 10),
    (0, 0, 1): (-1, -1, 5), (0, 1, 1): (-5, -5, 0), (1, 0, 1): (-5, -5, 0), (1, 1, 1): (-2, -2, 0),
}  # fmt: skip


def from_cells(cells):
    shape = tuple(np.max(list(cells), axis=0) + 1)
    payoffs = np.zeros((len(shape), *shape), dtype=int)
    for profile, pays in cells.items():
        payoffs[(slice(None), *profile)] = pays
    return Game.from_payoffs(payoffs)


def judged(criterion, game):
    return {e.profile: criterion(game, e) for e in pure_equilibria(game)}


def dilemma():
    return Game.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])


def groups(players):
    return [
        c for size in range(1, len(players) + 1) for c in itertools.combinations(players, size)
    ]


def joint_changes(game, coalition, profile):
    for options in itertools.product(*(range(game.shape[i]) for i in coalition)):
        changed = list(profile)
        for member, option in zip(coalition, options, strict=True):
            changed[member] = option
        yield tuple(changed)


def all_gain(game, coalition, before, after):
    return all(game.payoffs[i][after] > game.payoffs[i][before] for i in coalition)


def is_strong(game, profile):
    return not any(
        all_gain(game, coalition, profile, changed)
        for coalition in groups(range(len(game.shape)))
        for changed in joint_changes(game, coalition, profile)
    )


def is_self_enforcing(game, players, profile):
    """Definition (ii)(a): each proper part plays a coalition-proof equilibrium given the rest."""
    return all(
        is_coalition_proof(game, part, profile)
        for part in groups(players)
        if len(part) < len(players)
    )


def is_coalition_proof(game, players, profile):
    """Definition (i) and (ii)(b), for the game among `players` with the others held fixed."""
    return is_self_enforcing(game, players, profile) and not any(
        all_gain(game, players, profile, changed) and is_self_enforcing(game, players, changed)
        for changed in joint_changes(game, players, profile)
    )


def test_the_dilemma_is_coalition_proof_but_not_strong():
    assert judged(strong, dilemma()) == {(1, 1): False}
    assert judged(coalition_proof, dilemma()) == {(1, 1): True}


def test_the_example_of_bernheim_peleg_and_whinston():
    game = from_cells(BERNHEIM_PELEG_WHINSTON)
    assert judged(coalition_proof, game) == {(0, 0, 1): True, (1, 1, 0): False}
    assert judged(strong, game) == {(0, 0, 1): False, (1, 1, 0): False}
    assert pareto_undominated(game, pure_equilibria(game)) == (False, True)


def test_a_stag_hunt_has_one_equilibrium_that_no_pair_leaves():
    hunt = Game.from_payoffs([[[2, 0], [1, 1]], [[2, 1], [0, 1]]])
    assert judged(strong, hunt) == judged(coalition_proof, hunt) == {(0, 0): True, (1, 1): False}
    assert pareto_undominated(hunt, nash(hunt).equilibria)[:2] == (True, False)


def test_gains_are_decided_exactly():
    sums = [[[0.3, 0], [0, 0.1 + 0.2]], [[0.3, 0], [0, 0.1 + 0.2]]]
    assert judged(strong, Game.from_payoffs(sums)) == {(0, 0): False, (1, 1): True}
    even = [[[0.3, 0], [0, 0.3]], [[0.3, 0], [0, 0.3]]]
    assert judged(strong, Game.from_payoffs(even)) == {(0, 0): True, (1, 1): True}


@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_the_unit_of_payoffs_does_not_matter(scale):
    game = Game.from_payoffs(np.array([[[3, 0], [5, 1]], [[3, 5], [0, 1]]]) * scale)
    assert judged(strong, game) == {(1, 1): False}
    assert judged(coalition_proof, game) == {(1, 1): True}


def test_a_mixed_equilibrium_is_strong_where_no_joint_option_pays_more():
    sexes = Game.from_payoffs([[[2, 0], [0, 1]], [[1, 0], [0, 2]]])
    pennies = Game.from_payoffs([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    assert not strong(sexes, certify(sexes, [[2 / 3, 1 / 3], [1 / 3, 2 / 3]]))
    assert strong(pennies, certify(pennies, [[0.5, 0.5], [0.5, 0.5]]))
    assert coalition_proof(pennies, certify(pennies, [[0.5, 0.5], [0.5, 0.5]])) is None


def test_two_of_three_may_gain_from_a_mixed_equilibrium():
    # The third player mixes; the other two would both rather play their second options.
    payoffs = np.zeros((3, 2, 2, 2))
    payoffs[0, 0, 0], payoffs[0, 1, 1] = 1, 2
    payoffs[1] = payoffs[0]
    game = Game.from_payoffs(payoffs)
    assert not strong(game, certify(game, [[1, 0], [1, 0], [0.5, 0.5]]))
    assert strong(game, certify(game, [[0, 1], [0, 1], [0.5, 0.5]]))


@LAW
@given(tables(SMALL))
def test_both_criteria_are_their_definitions(payoffs):
    game = Game.from_payoffs(payoffs)
    players = tuple(range(len(game.shape)))
    for equilibrium in pure_equilibria(game):
        profile = equilibrium.profile
        assert strong(game, equilibrium) == is_strong(game, profile)
        assert coalition_proof(game, equilibrium) == is_coalition_proof(game, players, profile)


@LAW
@given(tables())
def test_strong_implies_coalition_proof_and_not_worse_for_all_than_another(payoffs):
    game = Game.from_payoffs(payoffs)
    listed = pure_equilibria(game)
    for equilibrium in listed:
        if strong(game, equilibrium):
            assert coalition_proof(game, equilibrium)
            assert not any((other.payoffs > equilibrium.payoffs).all() for other in listed)


@pytest.mark.parametrize("seed", range(30))
def test_without_ties_a_strong_equilibrium_is_pareto_undominated(seed):
    payoffs = [
        np.random.default_rng((seed, player)).permutation(8).reshape(2, 2, 2)
        for player in range(3)
    ]
    game = Game.from_payoffs(payoffs)
    listed = pure_equilibria(game)
    undominated = pareto_undominated(game, listed)
    assert all(undominated[k] for k, e in enumerate(listed) if strong(game, e))


@LAW
@given(tables())
def test_pareto_dominance_is_its_definition(payoffs):
    game = Game.from_payoffs(payoffs)
    listed = pure_equilibria(game)
    expected = tuple(
        not any((o.payoffs >= e.payoffs).all() and (o.payoffs > e.payoffs).any() for o in listed)
        for e in listed
    )
    assert pareto_undominated(game, listed) == expected
    assert pareto_undominated(game, listed, first=2) == expected[:2]


@pytest.mark.parametrize("seed", range(8))
def test_names_do_not_matter(seed):
    generator = np.random.default_rng(seed)
    payoffs = generator.integers(0, 3, (3, 2, 3, 2))
    orders = [generator.permutation(count) for count in (2, 3, 2)]
    seats = generator.permutation(3)
    turned = payoffs[:, orders[0]][:, :, orders[1]][:, :, :, orders[2]]
    turned = turned.transpose(0, *(1 + seats))[seats]
    first, second = Game.from_payoffs(payoffs), Game.from_payoffs(turned)
    for criterion in (strong, coalition_proof, one_of_all_undominated):
        renamed = {
            tuple(orders[seats[i]][k] for i, k in enumerate(profile)): answer
            for profile, answer in judged(criterion, second).items()
        }
        assert renamed == {
            tuple(profile[seat] for seat in seats): answer
            for profile, answer in judged(criterion, first).items()
        }


def one_of_all_undominated(game, equilibrium):
    listed = pure_equilibria(game)
    position = [e.profile for e in listed].index(equilibrium.profile)
    return pareto_undominated(game, listed)[position]


def test_work_is_limited():
    game = Game.from_payoffs(uniform_payoffs(1, (4,) * 6))
    equilibrium = pure_equilibria(game)[0]
    assert coalition_proof(game, equilibrium, work_limit=100) is None
    assert coalition_proof(game, equilibrium) is not None


def test_eight_players_who_care_for_nothing():
    game = Game.from_payoffs(np.zeros((8, *(2,) * 8)))
    equilibrium = pure_equilibria(game)[77]
    assert strong(game, equilibrium)
    assert coalition_proof(game, equilibrium)


def test_one_player_alone():
    game = Game.from_payoffs([[1, 3, 3]])
    assert judged(strong, game) == judged(coalition_proof, game) == {(1,): True, (2,): True}


def test_equilibria_of_another_game_are_refused():
    other = pure_equilibria(Game.from_payoffs([[[1, 1, 1]], [[1, 0, 0]]]))
    for criterion in (strong, coalition_proof):
        with pytest.raises(GameError, match=r"equilibria\[0\].*\(1, 3\).*\(2, 2\)"):
            criterion(dilemma(), other[0])
    with pytest.raises(GameError, match="equilibria"):
        pareto_undominated(dilemma(), other)


@LAW
@given(tables(top=2))
def test_ranks_are_ordered_as_payoffs_are(payoffs):
    game = Game.from_payoffs(payoffs)
    ranks = payoff_ranks(game)
    for table, own in zip(payoffs, ranks, strict=True):
        assert (np.unique(table, return_inverse=True)[1].reshape(own.shape) == own).all()
    assert (ranked_best_replies(ranks) == best_replies(game)).all()


def test_rounding_is_no_gain_where_there_are_no_exact_payoffs():
    payoffs = np.array([[[0.3, 0], [0, 0.1 + 0.2]], [[0.3, 0], [0, 0.1 + 0.2]]])
    names = (("x", "y"), ("x", "y"))
    bare = Game(payoffs, ("a", "b"), names, ("a", "b"), names)
    assert payoff_ranks(bare)[0].tolist() == [[1, 0], [0, 1]]
    assert payoff_ranks(Game.from_payoffs(payoffs))[0].tolist() == [[1, 0], [0, 2]]
    assert strong(bare, certify(bare, pure_strategies((0, 0), (2, 2))))
