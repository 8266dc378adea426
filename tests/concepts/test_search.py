"""The search for all equilibria: the same bits however it is run, and honest about limits."""

import threading
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import laws
from tests.factories import tied_game, uniform_game, uniform_payoffs

from counterplay.concepts import nash, nash_many
from counterplay.concepts.search import compiled, state
from counterplay.concepts.search.cover import Budget, Search, support_bound, table_size
from counterplay.concepts.search.problem import problem
from counterplay.errors import GameError
from counterplay.games import Game

SHAPES = [(2, 2, 2), (2, 2, 2, 2), (3, 2, 2), (3, 2, 3, 2), (3, 3, 3)]


def ran(kernels, game, quantum):
    """Search a game with given kernels, so many cells at a time; return all that was found."""
    given_ = problem(game)
    store = state.empty_state(given_.shape, support_bound(given_.shape), 160, (500, 2_000))
    for part in (store.roots, store.certificates, store.boxes):
        part.fill(0.0)
    room = np.empty(table_size(given_.shape), np.int64)
    kernels.prepare(store, given_.payoffs, given_.shape, room, given_.slack, 10**6)
    limits = np.array([given_.slack, 0.01])
    while not kernels.advance(store, given_.payoffs, given_.shape, limits, quantum):
        assert not store.counters[state.FULL]
    roots, boxes = store.counters[state.ROOTS], store.counters[state.BOXES]
    found = (store.roots[:roots], store.certificates[:roots], store.boxes[:boxes])
    return store.counters.tolist(), [part.tobytes() for part in found]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_plain_and_compiled_code_give_the_same_bits(shape):
    for game in (uniform_game(1, shape), tied_game(2, shape, 5)):
        assert ran(compiled.plain(), game, 10**9) == ran(compiled.compiled(), game, 10**9)


@pytest.mark.parametrize("quantum", [1, 7, 100])
def test_a_search_that_stops_and_goes_on_finds_the_same(quantum):
    for game in (uniform_game(3, (3, 2, 3, 2)), tied_game(4, (2, 2, 2, 2), 5)):
        whole = ran(compiled.compiled(), game, 10**9)
        assert ran(compiled.compiled(), game, quantum) == whole


@pytest.mark.parametrize("shape", [(2, 2, 2), (3, 2, 2), (2, 2, 2, 2), (3, 2, 3, 2)], ids=str)
@pytest.mark.parametrize("top", [None, 10, 5, 2])
def test_names_and_units_do_not_matter(shape, top):
    generator = np.random.default_rng(7)
    for seed in range(6):
        game = uniform_game(seed, shape) if top is None else tied_game(seed, shape, top)
        solution = nash(game)
        other = laws.Relabelling.drawn(generator, shape)
        turned = nash(other.game(game))
        assert laws.differences(other.solution(solution), turned) == []
        units = [float(2 ** int(generator.integers(-3, 4))) for _ in shape]
        zeros = [float(generator.integers(-9, 10)) for _ in shape]
        assert laws.differences(solution, nash(laws.rescaled(game, units, zeros))) == []


@given(st.integers(0, 10**6), st.sampled_from(SHAPES))
def test_a_planted_equilibrium_is_found(seed, shape):
    generator = np.random.default_rng(seed)
    point = [generator.dirichlet(np.ones(count)) for count in shape]
    tables = uniform_payoffs(seed, shape)
    for player, table in enumerate(tables):
        values = np.moveaxis(table, player, 0).copy()
        means = values
        for vector in reversed([x for j, x in enumerate(point) if j != player]):
            means = means @ vector
        tables[player] = np.moveaxis(
            values - means.reshape(-1, *[1] * (len(shape) - 1)), 0, player
        )
    solution = nash(Game.from_payoffs(tables))
    near = [laws.distance(e.strategies, point) < 1e-5 for e in solution]
    in_region = [
        all(
            bool(np.all((r[:, 0] - 1e-6 <= x) & (x <= r[:, 1] + 1e-6)))
            for r, x in zip(region.ranges, point, strict=True)
        )
        for region in solution.regions
    ]
    assert any(near) or any(in_region)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_indices_sum_to_one(shape):
    for seed in range(8):
        drawn = np.random.default_rng(seed).standard_normal((len(shape), *shape))
        solution = nash(Game.from_payoffs(list(drawn)))
        assert solution.completeness == "proved"
        assert sum(e.index for e in solution) == 1


@pytest.mark.parametrize("shape", [(2, 2, 2, 2), (3, 2, 3, 2), (2, 3), (3, 3, 3)], ids=str)
def test_many_games_at_once_have_the_answers_of_each(shape):
    games = [uniform_payoffs(seed, shape) for seed in range(6)]
    games += [list(tied_game(seed, shape, 6).payoffs) for seed in range(6)]
    together = nash_many(np.array(games))
    for payoffs, many in zip(games, together, strict=True):
        one = nash(Game.from_payoffs(payoffs))
        assert (many.completeness, many.reason) == (one.completeness, one.reason)
        assert len(many) == len(one)
        for first, second in zip(many, one, strict=True):
            assert (first.support, first.strict, first.index) == (
                second.support,
                second.strict,
                second.index,
            )
            assert np.concatenate(first.strategies).tolist() == (
                np.concatenate(second.strategies).tolist()
            )
            assert (first.payoffs.tolist(), first.regret) == (
                second.payoffs.tolist(),
                second.regret,
            )


@pytest.mark.parametrize(
    "payoffs",
    [np.zeros((3, 2, 2)), np.zeros((1, 3, 2, 2)), [[["a", "b"]]], np.full((1, 2, 2, 2), np.nan)],
    ids=["axes", "players", "text", "nan"],
)
def test_many_games_of_no_shape_are_refused(payoffs):
    with pytest.raises(GameError, match="payoffs"):
        nash_many(payoffs)


def test_no_games_have_no_answers():
    assert nash_many(np.zeros((0, 3, 2, 2, 2))) == []


@pytest.mark.parametrize("limit", [1, 30, 300])
def test_a_work_limit_cuts_at_the_same_place_every_time(limit):
    game = uniform_game(5, (3, 3, 3, 3))
    first, second = nash(game, work_limit=limit), nash(game, work_limit=limit)
    assert first.completeness == second.completeness == "unproved"
    assert first.reason == second.reason
    assert "were not searched" in first.reason
    assert len(first) == len(second) > 0
    whole = nash(game)
    assert whole.completeness == "proved"
    for equilibrium in first:
        assert any(
            laws.distance(equilibrium.strategies, other.strategies) < 1e-7 for other in whole
        )


def test_a_time_limit_is_kept_and_never_raises():
    compiled.compiled()
    game = uniform_game(6, (4, 4, 4, 4))
    start = time.perf_counter()
    solution = nash(game, time_limit=1.0)
    assert solution.completeness == "unproved"
    assert len(solution) > 0
    assert time.perf_counter() - start < 20  # a hang, not a stopwatch


def test_a_table_too_large_to_make_is_said():
    generator = np.random.default_rng(0)
    game = Game.from_payoffs(generator.standard_normal((2, 32, 32)))
    solution = nash(game, time_limit=2.0)
    assert solution.completeness in ("proved", "unproved")
    assert len(solution) > 0


def test_no_clock_decides_where_a_plain_search_goes_on(monkeypatch):
    game = uniform_game(8, (3, 3, 3))
    whole = nash(game)
    monkeypatch.setattr(compiled, "_PATIENCE", (0.0, 0.0))
    search = Search(problem(game), Budget(), 100)
    search.kernels = compiled.plain()
    search.cover()
    assert search.done
    assert len(search.result().points) == len(whole)


def test_without_numba_the_plain_code_does_the_work(monkeypatch):
    import builtins

    real = builtins.__import__

    def refuse(name, *rest, **more):
        if name == "numba":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert compiled._compiled.__wrapped__() == compiled.plain()


def test_threads_that_begin_together_compile_one_after_the_other(monkeypatch):
    # Each would compile for itself, and undo where the others look for the cache.
    inside, most = [0], [0]
    together, crowd = threading.Barrier(4), threading.Event()

    def fake():
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        crowd.wait(0.02)
        inside[0] -= 1

    def begin():
        together.wait()
        compiled.compiled()

    monkeypatch.setattr(compiled, "_compiled", fake)
    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
