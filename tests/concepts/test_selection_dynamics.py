"""Shares of starts, and the limit of the logit branch."""

import numpy as np
import pytest
from hypothesis import given
from scipy.integrate import solve_ivp
from tests.factories import LAW, tables, tied_game, uniform_game

from counterplay.concepts import nash, pure_equilibria
from counterplay.concepts.selection import (
    Share,
    best_reply_share,
    logit_limit,
    replicator_share,
)
from counterplay.concepts.selection.best_reply_dynamics import ROUNDS
from counterplay.errors import GameError
from counterplay.games import Game, best_replies

PROCESSES = (best_reply_share, replicator_share)


def hunt(both, hare):
    return Game.from_payoffs([[[both, 0], [hare, hare]], [[both, hare], [0, hare]]])


def pennies():
    return Game.from_payoffs([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])


def counts(found):
    return [share.count for share in found.shares]


@pytest.mark.parametrize(
    ("count", "starts", "low", "high"),
    # Newcombe, Two-sided confidence intervals for the single proportion (1998), table I.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_published(count, starts, low, high):
    assert Share(count, starts).interval == pytest.approx((low, high), abs=5e-5)
    assert Share(starts - count, starts).interval == pytest.approx((1 - high, 1 - low), abs=5e-5)


@pytest.mark.parametrize("process", PROCESSES)
@LAW
@given(payoffs=tables())
def test_shares_sum_to_one(process, payoffs):
    game = Game.from_payoffs(payoffs)
    found = process(game, nash(game).equilibria, starts=40, seed=1)
    assert sum(counts(found)) + found.none.count == found.starts == 40
    for share in (*found.shares, found.none):
        low, high = share.interval
        assert 0 <= low <= share.value <= high <= 1


@pytest.mark.parametrize("process", PROCESSES)
def test_the_seed_decides_everything(process):
    game = uniform_game(3, (3, 3, 3))
    listed = pure_equilibria(game)
    assert process(game, listed, seed=5) == process(game, listed, seed=5)
    assert process(game, listed, starts=5000) == process(uniform_game(3, (3, 3, 3)), listed, 5000)
    several = {
        tuple(counts(process(hunt(3, 2), pure_equilibria(hunt(3, 2)), seed=s))) for s in range(4)
    }
    assert len(several) > 1


@pytest.mark.parametrize("process", PROCESSES)
def test_where_everything_cycles_nothing_is_reached(process):
    found = process(pennies(), nash(pennies()).equilibria)
    assert (counts(found), found.none.value) == ([0], 1.0)


@pytest.mark.parametrize("process", PROCESSES)
@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_units_and_zeros_of_payoffs_do_not_matter(process, scale):
    game = hunt(4, 3)
    unit = np.array([scale, 1.0]).reshape(2, 1, 1)
    moved = Game.from_payoffs(game.payoffs * unit + 7 * unit)
    listed = pure_equilibria(game)
    assert counts(process(moved, pure_equilibria(moved))) == counts(process(game, listed))


@pytest.mark.parametrize("process", PROCESSES)
@pytest.mark.parametrize("seed", range(4))
def test_names_matter_to_the_draws_alone(process, seed):
    game = uniform_game(seed, (3, 2, 3))
    turned = Game.from_payoffs(game.payoffs[::-1, ::-1].transpose(0, 3, 2, 1))
    first = process(game, pure_equilibria(game), 3000)
    second = process(turned, pure_equilibria(turned), 3000)
    before = {e.profile: s.value for e, s in zip(pure_equilibria(game), first.shares, strict=True)}
    after = {
        (2 - e.profile[2], e.profile[1], e.profile[0]): s.value
        for e, s in zip(pure_equilibria(turned), second.shares, strict=True)
    }
    assert before == pytest.approx(after, abs=0.05)


@pytest.mark.parametrize("process", PROCESSES)
def test_degenerate_games(process):
    for shape in ((1,), (3,), (1, 1), (2, 1, 2)):
        game = Game.from_payoffs(np.zeros((len(shape), *shape)))
        listed = pure_equilibria(game)
        found = process(game, listed, starts=60)
        assert sum(counts(found)) + found.none.count == 60
        if len(listed) == 1:
            assert found.shares[0].value == 1
    assert process(pennies(), ()).none.value == 1


@pytest.mark.parametrize("process", PROCESSES)
def test_arguments_that_cannot_be_used_are_refused(process):
    listed = pure_equilibria(hunt(3, 2))
    for starts in (0, -1, 1.5, True, 10**7):
        with pytest.raises(GameError, match="starts"):
            process(hunt(3, 2), listed, starts)
    for seed in (-1, 0.5, None):
        with pytest.raises(GameError, match="seed"):
            process(hunt(3, 2), listed, 10, seed)
    with pytest.raises(GameError, match="equilibria"):
        process(uniform_game(0, (3, 3)), listed)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("make", [uniform_game, tied_game])
def test_best_replies_end_where_the_markov_chain_does(make, seed):
    game = make(seed, (3, 4))
    listed = pure_equilibria(game)
    expected = chain_ends(game)
    found = best_reply_share(game, listed, 4000, seed)
    for equilibrium, share in zip(listed, found.shares, strict=True):
        assert share.value == pytest.approx(expected[equilibrium.profile], abs=0.04)


def chain_ends(game):
    """Return the exact distribution over profiles after all rounds, from uniform starts."""
    replies = best_replies(game)
    cells = game.profiles
    moves = []
    for player in range(2):
        move = np.zeros((cells, cells))
        for profile in np.ndindex(game.shape):
            lines = [
                (*profile[:player], k, *profile[player + 1 :]) for k in range(game.shape[player])
            ]
            best = [line for line in lines if replies[player][line]]
            if profile in best:
                best = [profile]
            for line in best:
                to = np.ravel_multi_index(line, game.shape)
                move[np.ravel_multi_index(profile, game.shape), to] += 1 / len(best)
        moves.append(move)
    one_round = (moves[0] @ moves[1] + moves[1] @ moves[0]) / 2
    ends = np.full(cells, 1 / cells) @ np.linalg.matrix_power(one_round, ROUNDS)
    return ends.reshape(game.shape)


@pytest.mark.parametrize(("both", "hare"), [(3, 2), (2, 1), (5, 1)])
def test_the_replicator_ends_where_the_differential_equation_does(both, hare):
    game, starts = hunt(both, hare), 60
    found = replicator_share(game, pure_equilibria(game), starts, seed=2)
    generator = np.random.default_rng(2)
    drawn = [generator.dirichlet(np.ones(2), size=starts) for _ in range(2)]
    stag = sum(
        solve_ivp(flow, (0, 400), [x[0], y[0]], args=(both, hare), rtol=1e-9).y[0, -1] > 0.5
        for x, y in zip(*drawn, strict=True)
    )
    assert counts(found) == pytest.approx([stag, starts - stag], abs=1)  # one on the border


def flow(_, shares, both, hare):
    x, y = shares
    return [x * (1 - x) * (both * y - hare), y * (1 - y) * (both * x - hare)]


def test_a_thin_margin_is_settled_as_well():
    game = Game.from_payoffs([[[1, 0], [0, 0.001]], [[1, 0], [0, 0.001]]])
    found = replicator_share(game, pure_equilibria(game), 1000)
    assert found.none.count == 0
    assert found.shares[1].count < 10


def test_what_does_not_move_is_counted_where_it_is_near():
    idle = Game.from_payoffs([[0, 0]])
    found = replicator_share(idle, pure_equilibria(idle), 5000)
    assert [share.value for share in found.shares] == pytest.approx([0.01, 0.01], abs=0.007)


def test_only_what_is_listed_is_counted():
    game = hunt(4, 3)
    whole = replicator_share(game, pure_equilibria(game))
    part = replicator_share(game, pure_equilibria(game)[1:])
    assert counts(part) == counts(whole)[1:]
    assert part.none.count == whole.shares[0].count > 0


def test_eight_players_and_hundreds_of_equilibria():
    game = Game.from_payoffs(np.zeros((8, *(2,) * 8)))
    found = best_reply_share(game, pure_equilibria(game), 300)
    assert found.none.count == 0
    assert replicator_share(game, pure_equilibria(game), 50).starts == 50


def test_the_logit_branch_leads_to_what_is_risk_dominant():
    # Turocy (2005): so it does in two-by-two games.
    for both, hare, chosen in ((4, 3, 1), (4, 1, 0)):
        game = hunt(both, hare)
        assert logit_limit(game, nash(game).equilibria) == chosen


def test_the_logit_branch_may_lead_to_a_mixed_equilibrium():
    assert logit_limit(pennies(), nash(pennies()).equilibria) == 0
    assert logit_limit(pennies(), ()) is None
    sexes = Game.from_payoffs([[[2, 0], [0, 1]], [[1, 0], [0, 2]]])
    listed = nash(sexes).equilibria
    assert listed[logit_limit(sexes, listed)].profile is None


def test_the_logit_limit_of_a_continuum_is_none_of_its_ends():
    flat = Game.from_payoffs(np.zeros((2, 2, 2)))
    assert logit_limit(flat, pure_equilibria(flat)) is None
