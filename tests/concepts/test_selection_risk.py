"""Risk dominance and p-dominance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import LAW, uniform_payoffs

from counterplay.concepts import certify, nash, pure_equilibria
from counterplay.concepts.selection import least_p_dominance, risk_dominant
from counterplay.concepts.selection.p_dominance import needed_beliefs
from counterplay.errors import GameError
from counterplay.games import Game

LOSSES = st.lists(st.integers(1, 9), min_size=2, max_size=2)


def hunt(both=4, alone=0, hare=3):
    return Game.from_payoffs([[[both, alone], [hare, hare]], [[both, hare], [alone, hare]]])


def test_the_hare_is_risk_dominant_and_the_stag_pays_more():
    stag, hare = pure_equilibria(hunt())
    assert risk_dominant(hunt(), hare, stag) is True
    assert risk_dominant(hunt(), stag, hare) is False
    assert [least_p_dominance(hunt(), e) for e in (stag, hare)] == [0.75, 0.25]


@LAW
@given(*[st.lists(st.integers(-9, 9), min_size=2, max_size=2)] * 2, *[LOSSES] * 2)
def test_the_product_rule(rows, columns, first, second):
    # Whatever is paid off the diagonal, on it each player is paid its loss from leaving more.
    payoffs = [
        [[rows[0] + first[0], rows[1]], [rows[0], rows[1] + second[0]]],
        [[columns[0] + first[1], columns[0]], [columns[1], columns[1] + second[1]]],
    ]
    game = Game.from_payoffs(payoffs)
    both = pure_equilibria(game)
    assert [e.profile for e in both] == [(0, 0), (1, 1)]
    assert risk_dominant(game, *both) == (np.prod(first) > np.prod(second))
    assert risk_dominant(game, *reversed(both)) == (np.prod(second) > np.prod(first))


@LAW
@given(st.lists(st.integers(-9, 9), min_size=2, max_size=2), LOSSES)
def test_between_equals_risk_dominance_is_the_best_reply_to_even_odds(off, losses):
    # Harsanyi and Selten (1988): in symmetric games it is 1/2-dominance.
    table = np.array([[off[1] + losses[0], off[0]], [off[1], off[0] + losses[1]]])
    game = Game.from_payoffs([table, table.T])
    first, second = pure_equilibria(game)
    assert risk_dominant(game, first, second) == (table[0].sum() > table[1].sum())
    assert risk_dominant(game, first, second) == (least_p_dominance(game, first) < 0.5 - 1e-9)


def test_neither_is_risk_dominant_where_the_products_are_equal():
    sexes = Game.from_payoffs([[[0.1 + 0.2, 0], [0, 0.1]], [[0.1, 0], [0, 0.1 + 0.2]]])
    first, second = pure_equilibria(sexes)
    assert risk_dominant(sexes, first, second) is False
    assert risk_dominant(sexes, second, first) is False


def test_units_and_zeros_of_payoffs_do_not_matter():
    for scale in (1e-300, 1e-9, 1e300):
        unit = np.array([scale, 1.0]).reshape(2, 1, 1)
        payoffs = hunt().payoffs * unit + 7 * unit
        game = Game.from_payoffs(payoffs)
        stag, hare = (certify(game, e.strategies) for e in pure_equilibria(hunt()))
        assert risk_dominant(game, hare, stag) is True
        assert least_p_dominance(game, stag) == pytest.approx(0.75)


def test_without_exact_payoffs_rounding_decides_nothing():
    payoffs = np.array([[[0.1 + 0.2, 0], [0, 0.1]], [[0.1, 0], [0, 0.3]]])
    names = (("x", "y"), ("x", "y"))
    bare = Game(payoffs, ("a", "b"), names, ("a", "b"), names)
    first, second = pure_equilibria(bare)
    assert risk_dominant(bare, first, second) is False
    assert risk_dominant(bare, second, first) is False


def test_a_player_without_a_choice_is_looked_past():
    payoffs = np.stack([*hunt().payoffs, np.ones((2, 2))])[:, :, :, None]
    game = Game.from_payoffs(payoffs)
    stag, hare = pure_equilibria(game)
    assert risk_dominant(game, hare, stag) is True


def test_it_is_not_defined_elsewhere():
    larger = Game.from_payoffs(np.stack([np.eye(3), np.eye(3)]))
    first, second, _ = pure_equilibria(larger)
    assert risk_dominant(larger, first, second) is None
    game = hunt()
    stag, _, mixed = nash(game).equilibria
    assert risk_dominant(game, stag, mixed) is None
    assert risk_dominant(game, stag, stag) is None
    assert least_p_dominance(game, mixed) is None
    weak = Game.from_payoffs([[[1, 0], [1, 1]], [[1, 0], [1, 1]]])
    equilibria = pure_equilibria(weak)
    assert risk_dominant(weak, equilibria[0], equilibria[-1]) is None


def test_equilibria_of_another_game_are_refused():
    other = pure_equilibria(Game.from_payoffs([[1, 0, 0]]))[0]
    with pytest.raises(GameError, match="equilibria"):
        risk_dominant(hunt(), other, other)
    with pytest.raises(GameError, match="equilibria"):
        least_p_dominance(hunt(), other)


@pytest.mark.parametrize("shape", [(3, 3), (4, 2), (2, 3, 2), (2, 2, 2, 2)], ids=str)
def test_beliefs_beyond_the_least_p_suffice_and_below_it_do_not(shape):
    generator = np.random.default_rng(0)
    seen = 0
    for seed in range(12):
        game = Game.from_payoffs(uniform_payoffs(seed, shape))
        for equilibrium in pure_equilibria(game):
            for player, needed in enumerate(needed_beliefs(game, equilibrium.profile)):
                assert holds(game, equilibrium.profile, player, min(needed + 1e-9, 1), generator)
                if needed > 0.01:
                    assert not holds(game, equilibrium.profile, player, needed - 0.01, generator)
                    seen += 1
    assert seen > 10


def holds(game, profile, player, probability, generator):
    """Say whether the part is best for all beliefs tried that are at least so sure."""
    table = np.moveaxis(game.scaled[player], player, 0).reshape(game.shape[player], -1)
    others = [k for i, k in enumerate(profile) if i != player]
    counts = [count for i, count in enumerate(game.shape) if i != player]
    part = np.ravel_multi_index(others, counts)
    extremes = np.eye(table.shape[1])
    rest = np.vstack([extremes, generator.dirichlet(np.ones(table.shape[1]), 20)])
    beliefs = (1 - probability) * rest
    beliefs[:, part] += probability
    pays = beliefs @ table.T
    return bool((pays[:, profile[player]] >= pays.max(axis=1) - 1e-12).all())


def test_certainty_is_needed_where_a_player_is_indifferent():
    weak = Game.from_payoffs([[[1, 0], [1, 1]], [[1, 1], [1, 1]]])
    found = {e.profile: least_p_dominance(weak, e) for e in pure_equilibria(weak)}
    assert found == {(0, 0): 1.0, (1, 0): 0.0, (1, 1): 0.0}


def test_a_dominant_part_needs_no_trust():
    dilemma = Game.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    assert least_p_dominance(dilemma, pure_equilibria(dilemma)[0]) == 0.0
    assert (
        least_p_dominance(Game.from_payoffs([[2]]), pure_equilibria(Game.from_payoffs([[2]]))[0])
        == 0.0
    )
