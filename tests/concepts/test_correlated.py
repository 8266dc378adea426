"""Correlated equilibria: obedience recounted profile by profile, vertices, and the literature."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import oracles
from tests.classics import MORE_PLAYERS, TWO_PLAYERS
from tests.factories import LAW, SMALL_SHAPES, tables, tied_payoffs, uniform_game, uniform_payoffs

from counterplay.concepts import advice_programme, nash, pure_equilibria
from counterplay.concepts.correlated import correlated, correlated_range
from counterplay.concepts.correlated_polytope import obedience, participation
from counterplay.concepts.dominance import survivors
from counterplay.errors import GameError
from counterplay.games import Game

CHICKEN = ([[6, 2], [7, 0]], [[6, 7], [2, 0]])
AIMS = ({}, {"maximise": "fairness"}, {"player": 0}, {"player": "p1"})
NASH = {str(classic): classic for classic in (*TWO_PLAYERS, *MORE_PLAYERS)}


def gains(payoffs, distribution):
    """Return for each player what option b pays more than the advice a, summed over where a is."""
    shape = distribution.shape
    found = [np.zeros((count, count)) for count in shape]
    for profile in oracles.profiles(shape):
        for player, table in enumerate(payoffs):
            for other in range(shape[player]):
                instead = (*profile[:player], other, *profile[player + 1 :])
                more = float(oracles.cell(table, instead)) - float(oracles.cell(table, profile))
                found[player][profile[player], other] += distribution[profile] * more
    return found


def is_correlated(payoffs, distribution):
    """Say whether no advice is worth disobeying by more than 1e-9 of the player's range."""
    return all(
        gain.max() <= 1e-9 * oracles.spread(table, distribution.shape)
        for table, gain in zip(payoffs, gains(payoffs, distribution), strict=True)
    )


def is_coarse(payoffs, distribution):
    return all(
        gain.sum(axis=0).max() <= 1e-9 * oracles.spread(table, distribution.shape)
        for table, gain in zip(payoffs, gains(payoffs, distribution), strict=True)
    )


def product(strategies):
    joint = np.array(1.0)
    for vector in strategies:
        joint = np.multiply.outer(joint, np.array(vector, dtype=float))
    return joint


def vertices(payoffs):
    """Return the vertices of the polytope of a 2 x 2 game's correlated equilibria, exactly."""
    cells = list(oracles.profiles((2, 2)))
    rows = [[int(cell == own) for cell in cells] for own in cells]
    for player, told in itertools.product((0, 1), (0, 1)):
        row = []
        for cell in cells:
            instead = tuple(1 - told if i == player else k for i, k in enumerate(cell))
            here, there = (oracles.cell(payoffs[player], c) for c in (cell, instead))
            row.append((here - there) * (cell[player] == told))
        rows.append(row)
    for tight in itertools.combinations(rows, 3):
        point = oracles.solve([*tight, [1] * 4], [0, 0, 0, 1])
        if point and all(sum(map(Fraction.__mul__, map(Fraction, r), point)) >= 0 for r in rows):
            yield point


@LAW
@given(tables(((2, 2),), top=6))
def test_in_games_of_two_by_two_the_best_is_the_best_vertex(payoffs):
    game = Game.from_payoffs(payoffs)
    first, second = ([int(x) for x in table.ravel()] for table in payoffs)
    points = list(vertices(payoffs.tolist()))
    worth = [
        [sum(p * u for p, u in zip(point, table, strict=True)) for table in (first, second)]
        for point in points
    ]
    assert correlated(game).value == pytest.approx(float(max(map(sum, worth))), abs=1e-9)
    ranges = [[float(end(w[i] for w in worth)) for end in (min, max)] for i in (0, 1)]
    assert correlated_range(game) == pytest.approx(np.array(ranges), abs=1e-8)
    for i in (0, 1):
        assert correlated(game, player=i).value == pytest.approx(ranges[i][1], abs=1e-8)


@LAW
@given(tables(top=6), st.sampled_from(AIMS), st.booleans())
def test_nobody_gains_by_disobeying(payoffs, aim, coarse):
    game = Game.from_payoffs(payoffs)
    found = correlated(game, **aim, coarse=coarse)
    assert found.distribution.shape == game.shape
    assert found.distribution.min() >= 0
    assert found.distribution.sum() == pytest.approx(1, abs=1e-12)
    assert (is_coarse if coarse else is_correlated)(payoffs.tolist(), found.distribution)
    expected = [(found.distribution * table).sum() for table in payoffs]
    assert found.payoffs == pytest.approx(np.array(expected), abs=1e-9)


@LAW
@given(tables(top=4))
def test_the_regret_told_is_the_regret_there_is(payoffs):
    game = Game.from_payoffs(payoffs)
    for coarse in (False, True):
        found = correlated(game, coarse=coarse)
        by_player = [
            gain.sum(axis=0).max() if coarse else gain.max(axis=1).sum()
            for gain in gains(payoffs.tolist(), found.distribution)
        ]
        assert found.regret == pytest.approx(max(0.0, *by_player), abs=1e-12)


@LAW
@given(tables(top=6))
def test_every_correlated_equilibrium_is_coarse(payoffs):
    game = Game.from_payoffs(payoffs)
    assert is_coarse(payoffs.tolist(), correlated(game).distribution)
    assert correlated(game, coarse=True).value >= correlated(game).value - 1e-8
    narrow, wide = correlated_range(game), correlated_range(game, coarse=True)
    assert (wide[:, 0] <= narrow[:, 0] + 1e-8).all()
    assert (wide[:, 1] >= narrow[:, 1] - 1e-8).all()


@LAW
@given(tables(top=4))
def test_every_nash_equilibrium_is_correlated_and_pays_within_the_range(payoffs):
    game = Game.from_payoffs(payoffs)
    least, most = correlated_range(game).T
    for equilibrium in (*pure_equilibria(game), *nash(game)):
        assert is_correlated(payoffs.tolist(), product(equilibrium.strategies))
        assert (equilibrium.payoffs >= least - 1e-8).all()
        assert (equilibrium.payoffs <= most + 1e-8).all()


@pytest.mark.parametrize("name", NASH)
def test_every_nash_equilibrium_of_the_literature_is_a_correlated_one(name):
    classic = NASH[name]
    game = Game.from_payoffs(classic.payoffs)
    least, most = correlated_range(game).T
    slack = 1e-9 * np.maximum(game.ranges, 1)
    for strategies in classic.equilibria:
        joint = product(strategies)
        assert is_correlated(classic.payoffs, joint)
        payoffs = np.array([(joint * table).sum() for table in game.payoffs])
        assert (payoffs >= least - slack).all()
        assert (payoffs <= most + slack).all()
        assert correlated(game).value >= payoffs.sum() - slack.sum()


@LAW
@given(tables(((3, 2), (4, 4), (3, 3, 3), (5, 3)), top=6), st.sampled_from(AIMS))
def test_dominated_options_are_never_advised(payoffs, aim):
    game = Game.from_payoffs(payoffs)
    found = correlated(game, **aim)
    for player, keep in enumerate(survivors(game)):
        gone = [k for k in range(game.shape[player]) if k not in keep]
        assert np.take(found.distribution, gone, axis=player).sum() == 0


@LAW
@given(tables(top=5), st.data())
def test_neither_scale_nor_zero_nor_names_matter(payoffs, data):
    game = Game.from_payoffs(payoffs)
    scale = data.draw(st.sampled_from([1e-300, 1e-9, 1e9, 1e290]))
    order = data.draw(st.permutations(range(len(payoffs))))
    renamed = [data.draw(st.permutations(range(count))) for count in game.shape]
    cells = payoffs[np.ix_(range(len(payoffs)), *renamed)]
    moved = np.transpose(cells, (0, *(1 + i for i in order)))[list(order)]
    changed = Game.from_payoffs((moved + 2.0) * scale)
    least = correlated(game, "fairness").value
    assert correlated(changed, "fairness").value == pytest.approx(least, abs=1e-8)
    total = correlated(game).value + 2 * len(payoffs)
    assert correlated(changed).value / scale == pytest.approx(total, abs=1e-7)
    expected = correlated_range(game)[list(order)] + 2
    assert correlated_range(changed) / scale == pytest.approx(expected, abs=1e-7)


@LAW
@given(tables(top=5))
def test_fairness_helps_the_player_who_gets_least(payoffs):
    game = Game.from_payoffs(payoffs)
    fair = correlated(game, "fairness")
    at_stake = game.ranges > 0
    for other in (correlated(game), correlated(game, player=0)):
        shares = [(other.distribution * table).sum() for table in game.scaled[at_stake]]
        assert fair.value >= min(shares, default=1.0) - 1e-8


def test_ties_in_fairness_are_broken_by_welfare():
    # The first player's share of its range is 1/2 at best; the second's can then be 1/2 or 1.
    game = Game.from_payoffs([[[1, 1, 0, 2]], [[5, 10, 0, 0]]])
    assert correlated(game, player=1).payoffs == pytest.approx([1, 10])
    fair = correlated(game, "fairness")
    assert fair.payoffs == pytest.approx([1, 10])
    assert fair.value == pytest.approx(0.5)
    # The first player chooses and likes two options best; the third's share is 1/2 in both.
    for order in ([0, 1, 2, 3], [1, 0, 3, 2]):
        tables = np.array([[4, 4, 0, 0], [4, 8, 0, 8], [1, 1, 0, 2]])[:, order]
        alone = Game.from_payoffs(tables[..., None, None])
        assert correlated(alone, "fairness").payoffs == pytest.approx([4, 8, 1])


@LAW
@given(tables(top=6), st.integers(0, 99))
def test_regrets_of_any_distribution_are_recounted(payoffs, seed):
    game = Game.from_payoffs(payoffs)
    weights = np.random.default_rng(seed).dirichlet(np.full(game.profiles, 0.5))
    counted = gains(payoffs.tolist(), weights.reshape(game.shape))
    spread = np.maximum(game.ranges, 1e-9)
    told = [gain.max(axis=1).sum() for gain in counted]
    before = [gain.sum(axis=0).max() for gain in counted]
    assert obedience(game).regrets(weights) * spread == pytest.approx(told, abs=1e-9)
    assert participation(game).regrets(weights) * spread == pytest.approx(before, abs=1e-9)


class TestLiterature:
    def test_chicken(self):
        # Aumann (1974 and 1987): half on both yielding, a quarter on each standing alone.
        best = correlated(Game.from_payoffs(CHICKEN))
        assert best.value == pytest.approx(10.5)
        assert best.payoffs == pytest.approx([5.25, 5.25])
        assert best.distribution == pytest.approx(np.array([[0.5, 0.25], [0.25, 0]]))
        assert correlated_range(Game.from_payoffs(CHICKEN)) == pytest.approx(
            np.array([[2.0, 7.0], [2.0, 7.0]])
        )

    def test_battle_of_the_sexes(self):
        game = Game.from_payoffs([[[2, 0], [0, 1]], [[1, 0], [0, 2]]])
        fair = correlated(game, "fairness")
        assert fair.payoffs == pytest.approx([1.5, 1.5])
        assert fair.distribution == pytest.approx(np.array([[0.5, 0], [0, 0.5]]))

    def test_zero_sum_games_have_one_value(self):
        # Rosenthal, Correlated equilibria in some classes of two-person games (1974).
        for seed in range(5):
            table = uniform_payoffs(seed, (4, 4))[0]
            ranges = correlated_range(Game.from_payoffs([table, -table]))
            assert ranges[:, 1] - ranges[:, 0] == pytest.approx([0, 0], abs=1e-7)

    def test_fashion_cycle(self):
        # Shapley's game: its equilibrium pays 1/3; advice that never ties pays 1/2 to both.
        game = Game.from_payoffs(
            [[[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[0, 1, 0], [0, 0, 1], [1, 0, 0]]]
        )
        assert correlated(game, "fairness").payoffs == pytest.approx([0.5, 0.5])

    def test_coarse_advice_may_use_what_is_dominated(self):
        # Moulin and Vial (1978): refusing before the advice is harder than after it.
        table = np.array([[0, 0, 3], [2, 1, 0], [1, 0, 0]])
        game = Game.from_payoffs([table, table.T])
        assert survivors(game) == ((1,), (1,))
        assert correlated_range(game) == pytest.approx(np.ones((2, 2)))
        coarse = correlated(game, coarse=True)
        assert coarse.value == pytest.approx(4)
        assert is_coarse([table, table.T], coarse.distribution)
        assert not is_correlated([table, table.T], coarse.distribution)

    def test_geometry(self):
        # Nau, Gomez Canovas and Hansen (2004): the only equilibrium has irrational probabilities,
        # so no vertex of this rational polytope is one.
        classic = NASH["irrational"]
        game = Game.from_payoffs(classic.payoffs)
        joint = product(classic.equilibria[0])
        nash = np.array([(joint * table).sum() for table in game.payoffs])
        ranges = correlated_range(game)
        assert (ranges[:, 0] <= nash + 1e-9).all()
        assert (ranges[:, 1] >= nash - 1e-9).all()
        assert correlated(game).value >= nash.sum()


SHAPES = [(1,), (1, 1), (3,), (2, 1), (2, 2), (3, 3), (2, 2, 2), (3, 2, 3), (2, 2, 2, 2)]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("scale", [0.0, 1e-320, 1e-300, 1e300, 2e307])
def test_extreme_payoffs(shape, scale):
    plain = np.array(tied_payoffs(1, shape))
    game = Game.from_payoffs(plain * scale)
    for aim, coarse in itertools.product(AIMS, (False, True)):
        found = correlated(game, **aim, coarse=coarse)
        assert np.isfinite(found.payoffs).all()
        assert found.distribution.sum() == pytest.approx(1)
        assert found.regret <= 1e-9 * game.ranges.max()


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_scales_far_apart(shape):
    for seed in range(4):
        generator = np.random.default_rng(seed)
        powers = 10.0 ** generator.integers(-300, 300, (len(shape), *shape))
        one_each = np.array([generator.choice([1e-300, 1, 1e300]) for _ in shape])
        uniform = generator.uniform(-1, 1, (len(shape), *shape))
        for payoffs in (uniform * powers, (uniform.T * one_each).T):
            game = Game.from_payoffs(payoffs)
            for aim in AIMS:
                found = correlated(game, **aim)
                gaps = game.ranges * 1e-9
                for player, gain in enumerate(gains(payoffs, found.distribution)):
                    assert gain.max() <= gaps[player]


def test_welfare_on_unequal_scales_is_the_plain_sum():
    game = Game.from_payoffs([[[1e300, 0], [0, 2e300]], [[3, 0], [0, 1]]])
    assert correlated(game).payoffs == pytest.approx([2e300, 1])
    small = Game.from_payoffs([[[1, 1 + 1e-6], [1, 1 + 1e-6]], [[5, 5], [5, 5]]])
    assert correlated(small).value == pytest.approx(6 + 1e-6, abs=1e-12)


def test_small_stakes_count_beside_a_disaster():
    # Each may also do what costs it 1e10; nobody will, and chicken is played as without it.
    own = np.full((3, 3), -1e10)
    own[:2, :2], own[:2, 2] = CHICKEN[0], 0
    best = correlated(Game.from_payoffs([own, own.T]))
    assert best.payoffs == pytest.approx([5.25, 5.25])
    assert best.distribution[:2, :2] == pytest.approx(np.array([[0.5, 0.25], [0.25, 0]]))


def test_duplicates_and_bystanders():
    first, second = (np.array(table) for table in CHICKEN)
    twice = Game.from_payoffs([np.vstack([t, t[:1]]) for t in (first, second)])
    assert correlated(twice).value == pytest.approx(10.5)
    watched = np.stack([first, second, np.full((2, 2), 3)])[..., None]
    assert correlated(Game.from_payoffs(watched)).payoffs == pytest.approx([5.25, 5.25, 3])
    sexes = np.array([[[2, 0], [0, 1]], [[1, 0], [0, 2]], [[3, 3], [3, 3]]])[..., None]
    fair = correlated(Game.from_payoffs(sexes), "fairness")
    assert fair.payoffs == pytest.approx([1.5, 1.5, 3])
    assert fair.value == pytest.approx(0.75)


@pytest.mark.parametrize("shape", [(32, 32), (16, 16, 16), (4,) * 6])
def test_large_games(shape):
    found = correlated(uniform_game(1, shape))
    assert found.regret <= 1e-7
    assert found.distribution.sum() == pytest.approx(1)
    assert found.distribution[found.distribution > 0].min() > 1e-9


@pytest.mark.parametrize("aim", AIMS[:3], ids=str)
@pytest.mark.parametrize("coarse", [False, True])
def test_generating_columns_changes_nothing(aim, coarse, monkeypatch):
    for game in (uniform_game(1, (4,) * 5), Game.from_payoffs(tied_payoffs(1, (4,) * 5))):
        whole = correlated(game, **aim, coarse=coarse)
        with monkeypatch.context() as patched:
            patched.setattr(advice_programme, "_LARGE", 1)
            patched.setattr(advice_programme, "_WIDE", 1)
            patched.setattr(advice_programme, "_ATTEMPTS", ())
            part = correlated(game, **aim, coarse=coarse)
        assert part.value == pytest.approx(whole.value, abs=1e-7)


def test_another_method_is_tried_where_one_fails(monkeypatch):
    monkeypatch.setattr(advice_programme, "_LARGE", 1)
    monkeypatch.setattr(advice_programme, "_ROUNDS", 0)
    assert correlated(Game.from_payoffs(CHICKEN)).value == pytest.approx(10.5)
    monkeypatch.setattr(advice_programme, "_ATTEMPTS", ())
    with pytest.raises(GameError, match="no correlated equilibrium that passes the check"):
        correlated(Game.from_payoffs(CHICKEN))


def test_a_programme_that_the_solver_calls_unsettled():
    # Twelve powers of ten inside each player's table.
    tables = [
        [
            [[-0.771134806412596, 0.00043299737475384093], [2.4e-07, 0.5437077954392486]],
            [[0.4738392057373124, 48549.48596987518], [-0.06302212577291284, 153.39764287557944]],
        ],
        [
            [[36879.20695040252, -67048.9107026176], [8.41988561681696e-06, 0.00028205888256]],
            [[-0.41621309280083896, 0.0065036640956328], [0.18743626200929908, -0.003651263846]],
        ],
        [
            [[0.8659823634269448, -4.2975391317e-05], [0.0006657224269501913, 2.745072717e-05]],
            [[-113.71652631607377, 1.948589703493e-05], [-6.097247215346128e-07, 3.9921519e-06]],
        ],
    ]
    for coarse in (False, True):
        found = correlated(Game.from_payoffs(tables), "fairness", coarse=coarse)
        assert (is_coarse if coarse else is_correlated)(tables, found.distribution)


def test_the_same_answer_twice():
    for aim in AIMS:
        first, second = (correlated(uniform_game(3, (3, 3, 3)), **aim) for _ in range(2))
        assert first.distribution.tobytes() == second.distribution.tobytes()


def test_results_are_frozen():
    found = correlated(Game.from_payoffs(CHICKEN))
    for array in (found.distribution, found.payoffs):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


@pytest.mark.parametrize("shape", SMALL_SHAPES[:3])
def test_what_is_refused(shape):
    game = uniform_game(1, shape)
    with pytest.raises(GameError, match=r"maximise: 'money'; give 'welfare' or 'fairness'"):
        correlated(game, "money")
    with pytest.raises(GameError, match="the players are p1, p2"):
        correlated(game, player="p9")
